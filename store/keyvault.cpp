#include "core/keyvault/ports.hpp"

#include "store/database.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

#include <fmt/format.h>

namespace azid::store {

namespace {

using keyvault::KeyVersion;
using keyvault::RotationPolicy;
using keyvault::SecretVersion;
using keyvault::Vault;

constexpr std::string_view select_vaults =
    "SELECT name, resource_id, subscription_id, location, deleted, scheduled_purge, resource FROM vaults";
constexpr std::string_view select_secrets =
    R"(SELECT vault, name, version, value, content_type, tags, enabled,
    not_before, expires, created, updated, deleted, scheduled_purge FROM secrets)";

constexpr std::string_view select_keys =
    R"(SELECT vault, name, version, kind, operations, private_key, tags, enabled, not_before, expires, created,
    updated, deleted, scheduled_purge FROM vault_keys)";

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

std::vector<KeyVersion> all_keys(Query& query) {
    std::vector<KeyVersion> found;
    while (query.next()) {
        KeyVersion key;
        query.into(key.vault, key.name, key.version, key.kind, key.operations, key.private_key, key.tags,
                   key.enabled, key.not_before, key.expires, key.created, key.updated, key.deleted,
                   key.scheduled_purge);
        found.push_back(std::move(key));
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

    std::vector<KeyVersion> keys(std::string_view vault) override {
        Query query(database_,
                    fmt::format("{} WHERE vault = ? ORDER BY name, created DESC, rowid DESC", select_keys));
        query.bind(vault);
        return all_keys(query);
    }

    std::vector<KeyVersion> key_versions(std::string_view vault, std::string_view name) override {
        Query query(
            database_,
            fmt::format("{} WHERE vault = ? AND name = ? ORDER BY created DESC, rowid DESC", select_keys));
        query.bind(vault, name);
        return all_keys(query);
    }

    void save(const KeyVersion& key) override {
        Query(database_,
              R"(INSERT INTO vault_keys (vault, name, version, kind, operations, private_key, tags, enabled,
            not_before, expires, created, updated, deleted, scheduled_purge)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (vault, name, version) DO UPDATE SET operations = excluded.operations,
            tags = excluded.tags, enabled = excluded.enabled, not_before = excluded.not_before,
            expires = excluded.expires, updated = excluded.updated, deleted = excluded.deleted,
            scheduled_purge = excluded.scheduled_purge)")
            .bind(key.vault, key.name, key.version, key.kind, key.operations, key.private_key,
                  OrNull{key.tags}, key.enabled, key.not_before, key.expires, key.created, key.updated,
                  key.deleted, key.scheduled_purge)
            .run();
    }

    void erase_key(std::string_view vault, std::string_view name) override {
        Query(database_, "DELETE FROM vault_keys WHERE vault = ? AND name = ?").bind(vault, name).run();
        Query(database_, "DELETE FROM key_rotation_policies WHERE vault = ? AND name = ?")
            .bind(vault, name)
            .run();
    }

    std::optional<RotationPolicy> rotation_policy(std::string_view vault, std::string_view name) override {
        Query query(database_,
                    "SELECT vault, name, policy, created, updated FROM key_rotation_policies "
                    "WHERE vault = ? AND name = ?");
        query.bind(vault, name);
        if (!query.next()) return {};
        RotationPolicy policy;
        query.into(policy.vault, policy.name, policy.policy, policy.created, policy.updated);
        return policy;
    }

    void save(const RotationPolicy& policy) override {
        Query(database_,
              R"(INSERT INTO key_rotation_policies (vault, name, policy, created, updated)
            VALUES (?, ?, ?, ?, ?) ON CONFLICT (vault, name) DO UPDATE SET policy = excluded.policy,
            updated = excluded.updated)")
            .bind(policy.vault, policy.name, policy.policy, policy.created, policy.updated)
            .run();
    }

  private:
    Database& database_;
};

}  // namespace

std::unique_ptr<keyvault::Store> keyvault_store(Database& database) {
    return std::make_unique<KeyvaultStore>(database);
}

}  // namespace azid::store
