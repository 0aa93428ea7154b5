#include "core/keyvault/ports.hpp"

#include "store/database.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

#include <fmt/format.h>

namespace azid::store {

namespace {

using keyvault::SecretVersion;
using keyvault::Vault;

constexpr std::string_view select_vaults =
    "SELECT name, resource_id, subscription_id, location, deleted, scheduled_purge, resource FROM vaults";
constexpr std::string_view select_secrets =
    R"(SELECT vault, name, version, value, content_type, tags, enabled,
    not_before, expires, created, updated, deleted, scheduled_purge FROM secrets)";

Vault vault_in(Query& row) {
    Vault vault;
    row.into(vault.name, vault.resource_id, vault.subscription, vault.location, vault.deleted,
             vault.scheduled_purge, vault.resource);
    return vault;
}

std::vector<SecretVersion> all_secrets(Query& query) {
    std::vector<SecretVersion> found;
    while (query.next()) {
        SecretVersion secret;
        query.into(secret.vault, secret.name, secret.version, secret.value, secret.content_type, secret.tags,
                   secret.enabled, secret.not_before, secret.expires, secret.created, secret.updated,
                   secret.deleted, secret.scheduled_purge);
        found.push_back(std::move(secret));
    }
    return found;
}

class KeyvaultStore : public keyvault::Store {
  public:
    explicit KeyvaultStore(Database& database) : database_(database) {}

    std::vector<Vault> vaults() override {
        std::vector<Vault> found;
        Query query(database_, fmt::format("{} ORDER BY rowid", select_vaults));
        while (query.next()) found.push_back(vault_in(query));
        return found;
    }

    std::optional<Vault> find_vault(std::string_view name) override {
        Query query(database_, fmt::format("{} WHERE name = ?", select_vaults));
        query.bind(name);
        if (!query.next()) return {};
        return vault_in(query);
    }

    void save(const Vault& vault) override {
        Query(database_,
              R"(INSERT INTO vaults (name, resource_id, subscription_id, location, deleted, scheduled_purge,
            resource) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET resource_id = excluded.resource_id,
            subscription_id = excluded.subscription_id, location = excluded.location, deleted = excluded.deleted,
            scheduled_purge = excluded.scheduled_purge, resource = excluded.resource)")
            .bind(vault.name, vault.resource_id, vault.subscription, OrNull{vault.location}, vault.deleted,
                  vault.scheduled_purge, OrNull{vault.resource})
            .run();
    }

    void erase_vault(std::string_view name) override {
        Query(database_, "DELETE FROM vaults WHERE name = ?").bind(name).run();
    }

    std::vector<SecretVersion> secrets(std::string_view vault) override {
        Query query(database_, fmt::format("{} WHERE vault = ? ORDER BY name, created DESC, rowid DESC",
                                           select_secrets));
        query.bind(vault);
        return all_secrets(query);
    }

    std::vector<SecretVersion> secret_versions(std::string_view vault, std::string_view name) override {
        Query query(
            database_,
            fmt::format("{} WHERE vault = ? AND name = ? ORDER BY created DESC, rowid DESC", select_secrets));
        query.bind(vault, name);
        return all_secrets(query);
    }

    void save(const SecretVersion& secret) override {
        Query(database_,
              R"(INSERT INTO secrets (vault, name, version, value, content_type, tags, enabled, not_before,
            expires, created, updated, deleted, scheduled_purge) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (vault, name, version) DO UPDATE SET value = excluded.value,
            content_type = excluded.content_type, tags = excluded.tags, enabled = excluded.enabled,
            not_before = excluded.not_before, expires = excluded.expires, created = excluded.created,
            updated = excluded.updated, deleted = excluded.deleted, scheduled_purge = excluded.scheduled_purge)")
            .bind(secret.vault, secret.name, secret.version, secret.value, OrNull{secret.content_type},
                  OrNull{secret.tags}, secret.enabled, secret.not_before, secret.expires, secret.created,
                  secret.updated, secret.deleted, secret.scheduled_purge)
            .run();
    }

    void erase_secret(std::string_view vault, std::string_view name) override {
        Query(database_, "DELETE FROM secrets WHERE vault = ? AND name = ?").bind(vault, name).run();
    }

  private:
    Database& database_;
};

}  // namespace

std::unique_ptr<keyvault::Store> keyvault_store(Database& database) {
    return std::make_unique<KeyvaultStore>(database);
}

}  // namespace azid::store
