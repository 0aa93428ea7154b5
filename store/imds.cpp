#include "core/base/text.hpp"
#include "core/imds/ports.hpp"

#include "store/database.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

#include <utility>
#include <vector>

namespace azid::store {

namespace {

using imds::CachedToken;

class ImdsStore : public imds::Store {
  public:
    explicit ImdsStore(Database& database) : database_(database) {}

    std::optional<CachedToken> find_token(std::string_view host_id, std::string_view principal_id,
                                          std::string_view resource) override {
        for (const CachedToken& one : in_mind_)
            if (is_for(one, host_id, principal_id) && one.resource == resource) return one;
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

    void save(CachedToken token) override {
        for (CachedToken& one : in_mind_)
            if (is_for(one, token.host_id, token.principal_id) && one.resource == token.resource) {
                one = std::move(token);
                return;
            }
        in_mind_.push_back(std::move(token));
    }

    void forget_tokens(std::string_view host_id, std::string_view principal_id) override {
        std::erase_if(in_mind_, [&](const CachedToken& one) {
            return is_for(one, host_id.empty() ? std::string_view(one.host_id) : host_id, principal_id);
        });
        if (host_id.empty()) {
            Query(database_, "DELETE FROM imds_tokens WHERE principal_id = ?").bind(principal_id).run();
            return;
        }
        Query(database_, "DELETE FROM imds_tokens WHERE host_id = ? AND principal_id = ?")
            .bind(host_id, principal_id)
            .run();
    }

    const std::vector<CachedToken>& in_mind() const override { return in_mind_; }

    void write_down() override {
        for (const CachedToken& token : std::exchange(in_mind_, {}))
            Query(
                database_,
                R"(INSERT INTO imds_tokens (host_id, principal_id, resource, access_token, not_before, expires)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (host_id, principal_id, resource) DO UPDATE SET access_token = excluded.access_token,
            not_before = excluded.not_before, expires = excluded.expires)")
                .bind(token.host_id, token.principal_id, token.resource, token.access_token, token.not_before,
                      token.expires)
                .run();
    }

    void forget() override { in_mind_.clear(); }

  private:
    static bool is_for(const CachedToken& token, std::string_view host_id, std::string_view principal_id) {
        return iequals(token.host_id, host_id) && iequals(token.principal_id, principal_id);
    }

    Database& database_;
    std::vector<CachedToken> in_mind_;  // of the transaction that is open
};

}  // namespace

std::unique_ptr<imds::Store> imds_store(Database& database) { return std::make_unique<ImdsStore>(database); }

}  // namespace azid::store
