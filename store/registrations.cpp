#include "core/entra/registration_ports.hpp"

#include "store/database.hpp"
#include "store/kept_rows.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

#include <memory>

namespace azid::store {

namespace {

using entra::DeletedObject;
using entra::FederatedIdentity;
using entra::KeyCredential;
using entra::PermissionGrant;
using entra::TrustedIssuer;

class Registrations : public entra::RegistrationStore {
  public:
    explicit Registrations(Database& database) : database_(database) {}

    void set_aside(const DeletedObject& object) override {
        const std::string rows = kept_rows(database_, object.type, object.id);
        Query(database_, R"(INSERT INTO deleted_objects (id, tenant_id, type, deleted, shown, rows)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET tenant_id = excluded.tenant_id,
            type = excluded.type, deleted = excluded.deleted, shown = excluded.shown, rows = excluded.rows)")
            .bind(object.id, object.tenant_id, object.type, object.deleted, object.shown, rows)
            .run();
    }

    std::vector<DeletedObject> deleted_objects(std::string_view tenant) override {
        std::vector<DeletedObject> found;
        Query query(database_, R"(SELECT id, tenant_id, type, deleted, shown FROM deleted_objects
            WHERE tenant_id = ? ORDER BY deleted, rowid)");
        query.bind(tenant);
        while (query.next()) {
            DeletedObject one;
            query.into(one.id, one.tenant_id, one.type, one.deleted, one.shown);
            found.push_back(std::move(one));
        }
        return found;
    }

    void bring_back(std::string_view id) override {
        std::string type;
        std::string rows;
        {
            Query query(database_, "SELECT type, rows FROM deleted_objects WHERE id = ?");
            query.bind(id);
            if (!query.next()) return;
            query.into(type, rows);
        }
        put_back_rows(database_, type, rows);
        erase_deleted_object(id);
    }

    void erase_deleted_object(std::string_view id) override {
        Query(database_, "DELETE FROM deleted_objects WHERE id = ?").bind(id).run();
    }

    std::vector<KeyCredential> key_credentials(std::string_view owner_id) override {
        std::vector<KeyCredential> found;
        Query query(database_, R"(SELECT key_id, owner_id, display_name, certificate, thumbprint, start, "end"
            FROM key_credentials WHERE owner_id = ? ORDER BY rowid)");
        query.bind(owner_id);
        while (query.next()) {
            KeyCredential one;
            query.into(one.key_id, one.owner_id, one.display_name, one.certificate, one.thumbprint, one.start,
                       one.end);
            found.push_back(std::move(one));
        }
        return found;
    }

    void save(const KeyCredential& credential) override {
        Query(database_, R"(INSERT INTO key_credentials (key_id, owner_id, display_name, certificate,
            thumbprint, start, "end") VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key_id) DO UPDATE SET owner_id = excluded.owner_id, display_name = excluded.display_name,
            certificate = excluded.certificate, thumbprint = excluded.thumbprint, start = excluded.start,
            "end" = excluded."end")")
            .bind(credential.key_id, credential.owner_id, OrNull{credential.display_name},
                  Bytes{credential.certificate}, credential.thumbprint, credential.start, credential.end)
            .run();
    }

    void erase_key_credential(std::string_view key_id) override {
        Query(database_, "DELETE FROM key_credentials WHERE key_id = ?").bind(key_id).run();
    }

    std::vector<FederatedIdentity> federated_identities(std::string_view application_id) override {
        std::vector<FederatedIdentity> found;
        Query query(database_, R"(SELECT id, application_id, name, issuer, subject, description, audience
            FROM federated_identities WHERE application_id = ? ORDER BY rowid)");
        query.bind(application_id);
        while (query.next()) {
            FederatedIdentity one;
            query.into(one.id, one.application_id, one.name, one.issuer, one.subject, one.description,
                       one.audience);
            found.push_back(std::move(one));
        }
        return found;
    }

    void save(const FederatedIdentity& identity) override {
        Query(database_, R"(INSERT INTO federated_identities (id, application_id, name, issuer, subject,
            description, audience) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET issuer = excluded.issuer, subject = excluded.subject,
            description = excluded.description, audience = excluded.audience)")
            .bind(identity.id, identity.application_id, identity.name, identity.issuer, identity.subject,
                  OrNull{identity.description}, identity.audience)
            .run();
    }

    void erase_federated_identity(std::string_view id) override {
        Query(database_, "DELETE FROM federated_identities WHERE id = ?").bind(id).run();
    }

    std::vector<std::string> owners_of(std::string_view object_id) override {
        return ids("SELECT owner_id FROM owners WHERE object_id = ? ORDER BY rowid", object_id);
    }

    std::vector<std::string> owned_by(std::string_view owner_id) override {
        return ids("SELECT object_id FROM owners WHERE owner_id = ? ORDER BY rowid", owner_id);
    }

    void add_owner(std::string_view object_id, std::string_view owner_id) override {
        Query(database_, "INSERT OR IGNORE INTO owners (object_id, owner_id) VALUES (?, ?)")
            .bind(object_id, owner_id)
            .run();
    }

    bool erase_owner(std::string_view object_id, std::string_view owner_id) override {
        Query(database_, "DELETE FROM owners WHERE object_id = ? AND owner_id = ?")
            .bind(object_id, owner_id)
            .run();
        return database_.changes() > 0;
    }

    std::vector<PermissionGrant> permission_grants() override {
        std::vector<PermissionGrant> found;
        Query query(database_, R"(SELECT id, client_id, consent_type, principal_id, resource_id, scope
            FROM permission_grants ORDER BY rowid)");
        while (query.next()) {
            PermissionGrant one;
            query.into(one.id, one.client_id, one.consent_type, one.principal_id, one.resource_id, one.scope);
            found.push_back(std::move(one));
        }
        return found;
    }

    void save(const PermissionGrant& grant) override {
        Query(database_, R"(INSERT INTO permission_grants (id, client_id, consent_type, principal_id,
            resource_id, scope) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET scope = excluded.scope)")
            .bind(grant.id, grant.client_id, grant.consent_type, OrNull{grant.principal_id},
                  grant.resource_id, grant.scope)
            .run();
    }

    void erase_permission_grant(std::string_view id) override {
        Query(database_, "DELETE FROM permission_grants WHERE id = ?").bind(id).run();
    }

    std::optional<Instant> visible_from(std::string_view object_id) override {
        Query query(database_, "SELECT visible_from FROM replicating_principals WHERE id = ?");
        query.bind(object_id);
        if (!query.next()) return {};
        Instant from;
        query.into(from);
        return from;
    }

    void hide_until(std::string_view object_id, Instant visible_from) override {
        Query(database_, R"(INSERT INTO replicating_principals (id, visible_from) VALUES (?, ?)
            ON CONFLICT (id) DO UPDATE SET visible_from = excluded.visible_from)")
            .bind(object_id, visible_from)
            .run();
    }

    std::vector<TrustedIssuer> trusted_issuers() override {
        std::vector<TrustedIssuer> found;
        Query query(database_, "SELECT issuer, keys, added FROM trusted_issuers ORDER BY issuer");
        while (query.next()) {
            TrustedIssuer one;
            query.into(one.issuer, one.keys, one.added);
            found.push_back(std::move(one));
        }
        return found;
    }

    void save(const TrustedIssuer& issuer) override {
        Query(database_, "INSERT OR REPLACE INTO trusted_issuers (issuer, keys, added) VALUES (?, ?, ?)")
            .bind(issuer.issuer, issuer.keys, issuer.added)
            .run();
    }

    bool erase_trusted_issuer(std::string_view issuer) override {
        Query(database_, "DELETE FROM trusted_issuers WHERE issuer = ?").bind(issuer).run();
        return database_.changes() > 0;
    }

  private:
    std::vector<std::string> ids(std::string_view sql, std::string_view bound) {
        std::vector<std::string> found;
        Query query(database_, sql);
        query.bind(bound);
        std::string id;
        while (query.next()) {
            query.into(id);
            found.push_back(id);
        }
        return found;
    }

    Database& database_;
};

}  // namespace

std::unique_ptr<entra::RegistrationStore> registration_store(Database& database) {
    return std::make_unique<Registrations>(database);
}

}  // namespace azid::store
