#include "core/imds/ports.hpp"

#include "store/database.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

namespace azid::store {

namespace {

using imds::CachedToken;

class ImdsStore : public imds::Store {
  public:
    explicit ImdsStore(Database& database) : database_(database) {}

    std::optional<CachedToken> find_token(std::string_view host_id, std::string_view principal_id,
                                          std::string_view resource) override {
        Query query(database_, R"(SELECT host_id, principal_id, resource, access_token, not_before, expires
            FROM imds_tokens WHERE host_id = ? AND principal_id = ? AND resource = ?)");
        query.bind(host_id, principal_id, resource);
        if (!query.next()) return {};
        CachedToken token;
        query.into(token.host_id, token.principal_id, token.resource, token.access_token, token.not_before,
                   token.expires);
        return token;
    }

    void expect_saving() override {
        if (database_.refuses_writing()) throw imds::WritingWanted();
    }

    void save(const CachedToken& token) override {
        Query(database_,
              R"(INSERT INTO imds_tokens (host_id, principal_id, resource, access_token, not_before, expires)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (host_id, principal_id, resource) DO UPDATE SET access_token = excluded.access_token,
            not_before = excluded.not_before, expires = excluded.expires)")
            .bind(token.host_id, token.principal_id, token.resource, token.access_token, token.not_before,
                  token.expires)
            .run();
    }

    void forget_tokens(std::string_view host_id, std::string_view principal_id) override {
        if (host_id.empty()) {
            Query(database_, "DELETE FROM imds_tokens WHERE principal_id = ?").bind(principal_id).run();
            return;
        }
        Query(database_, "DELETE FROM imds_tokens WHERE host_id = ? AND principal_id = ?")
            .bind(host_id, principal_id)
            .run();
    }

  private:
    Database& database_;
};

}  // namespace

std::unique_ptr<imds::Store> imds_store(Database& database) { return std::make_unique<ImdsStore>(database); }

}  // namespace azid::store
