#include "core/msi/ports.hpp"

#include "store/database.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

namespace azid::store {

namespace {

using msi::Certificate;
using msi::FederatedCredential;

class MsiStore : public msi::Store {
  public:
    explicit MsiStore(Database& database) : database_(database) {}

    std::vector<Certificate> certificates(std::string_view principal_id) override {
        return database_.known("certificates", {principal_id}, [&] {
            std::vector<Certificate> found;
            Query query(
                database_,
                R"(SELECT key_id, principal_id, not_before, not_after, private_key, certificate, thumbprint
            FROM certificates WHERE principal_id = ? ORDER BY not_before DESC, rowid DESC)");
            query.bind(principal_id);
            while (query.next()) {
                Certificate certificate;
                query.into(certificate.key_id, certificate.principal_id, certificate.not_before,
                           certificate.not_after, certificate.private_key, certificate.certificate,
                           certificate.thumbprint);
                found.push_back(std::move(certificate));
            }
            return found;
        });
    }

    void save(const Certificate& certificate) override {
        Query(database_,
              R"(INSERT INTO certificates (key_id, principal_id, not_before, not_after, private_key,
            certificate, thumbprint) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key_id) DO UPDATE SET principal_id = excluded.principal_id, not_before = excluded.not_before,
            not_after = excluded.not_after, private_key = excluded.private_key, certificate = excluded.certificate,
            thumbprint = excluded.thumbprint)")
            .bind(certificate.key_id, certificate.principal_id, certificate.not_before, certificate.not_after,
                  OrNull{certificate.private_key}, Bytes{certificate.certificate},
                  OrNull{certificate.thumbprint})
            .run();
    }

    void erase_certificate(std::string_view key_id) override {
        Query(database_, "DELETE FROM certificates WHERE key_id = ?").bind(key_id).run();
    }

    std::vector<FederatedCredential> federated_credentials(std::string_view identity_id) override {
        std::vector<FederatedCredential> found;
        Query query(database_,
                    R"(SELECT identity_id, name, issuer, subject, audience, claims_expression,
            claims_expression_version FROM federated_credentials
            WHERE identity_id = ? ORDER BY name)");
        query.bind(identity_id);
        while (query.next()) {
            FederatedCredential credential;
            query.into(credential.identity_id, credential.name, credential.issuer, credential.subject,
                       credential.audience, credential.claims_expression,
                       credential.claims_expression_version);
            found.push_back(std::move(credential));
        }
        return found;
    }

    void save(const FederatedCredential& credential) override {
        Query(database_, R"(INSERT INTO federated_credentials (identity_id, name, issuer, subject, audience,
            claims_expression, claims_expression_version) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (identity_id, name) DO UPDATE SET issuer = excluded.issuer, subject = excluded.subject,
            audience = excluded.audience, claims_expression = excluded.claims_expression,
            claims_expression_version = excluded.claims_expression_version)")
            .bind(credential.identity_id, credential.name, credential.issuer, credential.subject,
                  credential.audience, OrNull{credential.claims_expression},
                  credential.claims_expression_version)
            .run();
    }

    bool erase_federated_credential(std::string_view identity_id, std::string_view name) override {
        Query(database_, "DELETE FROM federated_credentials WHERE identity_id = ? AND name = ?")
            .bind(identity_id, name)
            .run();
        return database_.changes() > 0;
    }

  private:
    Database& database_;
};

}  // namespace

std::unique_ptr<msi::Store> msi_store(Database& database) { return std::make_unique<MsiStore>(database); }

}  // namespace azid::store
