#include "core/account/ports.hpp"
#include "core/clock/model.hpp"
#include "store/clock.hpp"
#include "store/database.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

namespace azid::store {

namespace {

using account::Profile;
using account::SignIn;

struct SignInName {
    SignIn sign_in;
    std::string_view name;
};

constexpr SignInName sign_ins[] = {
    {SignIn::user, "user"},
    {SignIn::service_principal, "service_principal"},
    {SignIn::managed_identity, "managed_identity"},
};

std::string_view name_of(SignIn sign_in) {
    for (const SignInName& known : sign_ins)
        if (known.sign_in == sign_in) return known.name;
    return sign_ins[0].name;
}

SignIn sign_in_named(std::string_view name) {
    for (const SignInName& known : sign_ins)
        if (known.name == name) return known.sign_in;
    return SignIn::user;
}

class AccountStore : public account::Store {
  public:
    explicit AccountStore(Database& database) : database_(database) {}

    std::vector<Profile> profiles() override {
        std::vector<Profile> found;
        Query query(database_,
                    R"(SELECT subscription_id, principal_id, user_name, sign_in, assigned_identity, tenant_id,
            name, is_default FROM signed_in_accounts ORDER BY rowid)");
        while (query.next()) {
            Profile profile;
            std::string sign_in;
            query.into(profile.subscription, profile.principal_id, profile.user_name, sign_in,
                       profile.assigned_identity, profile.tenant_id, profile.name, profile.is_default);
            profile.sign_in = sign_in_named(sign_in);
            found.push_back(std::move(profile));
        }
        return found;
    }

    void save(const Profile& profile) override {
        Query(database_, R"(INSERT INTO signed_in_accounts (subscription_id, principal_id, user_name, sign_in,
            assigned_identity, tenant_id, name, is_default) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (subscription_id, principal_id) DO UPDATE SET user_name = excluded.user_name,
            sign_in = excluded.sign_in, assigned_identity = excluded.assigned_identity,
            tenant_id = excluded.tenant_id, name = excluded.name, is_default = excluded.is_default)")
            .bind(profile.subscription, profile.principal_id, profile.user_name, name_of(profile.sign_in),
                  OrNull{profile.assigned_identity}, profile.tenant_id, profile.name, profile.is_default)
            .run();
    }

    void erase_profiles_of(std::string_view principal_id) override {
        Query(database_, "DELETE FROM signed_in_accounts WHERE principal_id = ?").bind(principal_id).run();
    }

    void erase_all_profiles() override { Query(database_, "DELETE FROM signed_in_accounts").run(); }

    std::optional<std::string> setting(std::string_view section, std::string_view name) override {
        Query query(database_, "SELECT value FROM settings WHERE section = ? AND name = ?");
        query.bind(section, name);
        if (!query.next()) return {};
        std::string value;
        query.into(value);
        return value;
    }

    account::Settings settings(std::string_view section) override {
        account::Settings found;
        Query query(database_, "SELECT name, value FROM settings WHERE section = ? ORDER BY rowid");
        query.bind(section);
        while (query.next()) {
            std::pair<std::string, std::string> setting;
            query.into(setting.first, setting.second);
            found.push_back(std::move(setting));
        }
        return found;
    }

    account::Sections all_settings() override {
        account::Sections found;
        Query query(database_, "SELECT section, name, value FROM settings ORDER BY rowid");
        while (query.next()) {
            std::string section;
            std::pair<std::string, std::string> setting;
            query.into(section, setting.first, setting.second);
            found[section].push_back(std::move(setting));
        }
        return found;
    }

    void save_setting(std::string_view section, std::string_view name, std::string_view value) override {
        Query(database_, R"(INSERT INTO settings (section, name, value) VALUES (?, ?, ?)
            ON CONFLICT (section, name) DO UPDATE SET value = excluded.value)")
            .bind(section, name, value)
            .run();
    }

    void erase_setting(std::string_view section, std::string_view name) override {
        Query(database_, "DELETE FROM settings WHERE section = ? AND name = ?").bind(section, name).run();
    }

    std::optional<std::string> own_setting(std::string_view name) override {
        return database_.known("own setting", {name}, [&]() -> std::optional<std::string> {
            Query query(database_, "SELECT value FROM own_settings WHERE name = ?");
            query.bind(name);
            if (!query.next()) return {};
            std::string value;
            query.into(value);
            return value;
        });
    }

    void save_own_setting(std::string_view name, std::string_view value) override {
        Query(database_, R"(INSERT INTO own_settings (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value)")
            .bind(name, value)
            .run();
    }

    void erase_own_setting(std::string_view name) override {
        Query(database_, "DELETE FROM own_settings WHERE name = ?").bind(name).run();
    }

    account::RecentRequests recent_requests(std::string_view bucket, std::chrono::seconds within) override {
        const std::int64_t now = monotonic();
        const std::int64_t from = now - std::chrono::nanoseconds(within).count();
        Query query(database_, R"(SELECT count(*), min(at) FROM recent_requests
            WHERE bucket = ? AND at > ? AND at <= ?)");
        query.bind(bucket, from, now);
        query.next();
        std::int64_t count = 0;
        std::int64_t oldest = 0;
        query.into(count, oldest);
        if (count == 0) return {};
        const std::chrono::nanoseconds left(oldest - from);
        return {static_cast<std::size_t>(count), std::chrono::ceil<std::chrono::seconds>(left)};
    }

    // What nobody looks at any more goes, and what another start of the machine has left.
    void count_request(std::string_view bucket) override {
        constexpr std::chrono::nanoseconds longest = std::chrono::minutes(5);
        const std::int64_t now = monotonic();
        Query(database_, "DELETE FROM recent_requests WHERE at < ? OR at > ?")
            .bind(now - std::int64_t{longest.count()}, now)
            .run();
        Query(database_, R"(INSERT INTO recent_requests (bucket, at, number) VALUES (?1, ?2,
            (SELECT count(*) FROM recent_requests WHERE bucket = ?1 AND at = ?2)))")
            .bind(bucket, now)
            .run();
    }

    std::optional<clock::Record> clock() override { return clock_of(database_); }

    void save(const clock::Record& record) override {
        Query(database_, R"(INSERT INTO clock (id, stands_at, ahead, seeded_start) VALUES (1, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET stands_at = excluded.stands_at, ahead = excluded.ahead,
            seeded_start = excluded.seeded_start)")
            .bind(record.stands_at, static_cast<std::int64_t>(record.ahead.count()), record.seeded_start)
            .run();
    }

    std::optional<account::TlsAuthority> tls_authority() override {
        Query query(database_, "SELECT key, certificate FROM tls_authority");
        if (!query.next()) return {};
        account::TlsAuthority found;
        query.into(found.key_pem, found.certificate_pem);
        return found;
    }

    void save(const account::TlsAuthority& authority) override {
        Query(database_, R"(INSERT INTO tls_authority (id, key, certificate) VALUES (1, ?, ?)
            ON CONFLICT (id) DO UPDATE SET key = excluded.key, certificate = excluded.certificate)")
            .bind(authority.key_pem, authority.certificate_pem)
            .run();
    }

  private:
    Database& database_;
};

}  // namespace

std::int64_t monotonic() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::optional<clock::Record> clock_of(Database& database) {
    Query query(database, "SELECT stands_at, ahead, seeded_start FROM clock");
    if (!query.next()) return {};
    clock::Record record;
    std::int64_t ahead = 0;
    query.into(record.stands_at, ahead, record.seeded_start);
    record.ahead = std::chrono::microseconds(ahead);
    return record;
}

std::unique_ptr<account::Store> account_store(Database& database) {
    return std::make_unique<AccountStore>(database);
}

}  // namespace azid::store
