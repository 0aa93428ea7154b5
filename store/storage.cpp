#include "core/storage/ports.hpp"

#include "store/database.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

#include <fmt/format.h>

namespace azid::store {

namespace {

using storage::AccountKey;
using storage::Blob;
using storage::Container;

constexpr std::string_view select_containers =
    "SELECT account, name, metadata, etag, changed FROM blob_containers";
constexpr std::string_view select_blobs =
    R"(SELECT account, container, name, content, content_type, metadata, settings, tags, tier, etag,
    created, changed FROM blobs)";

Container container_in(Query& row) {
    Container container;
    row.into(container.account, container.name, container.metadata, container.etag, container.changed);
    return container;
}

Blob blob_in(Query& row) {
    Blob blob;
    row.into(blob.account, blob.container, blob.name, blob.content, blob.content_type, blob.metadata,
             blob.settings, blob.tags, blob.tier, blob.etag, blob.created, blob.changed);
    return blob;
}

class StorageStore : public storage::Store {
  public:
    explicit StorageStore(Database& database) : database_(database) {}

    bool claim_account(std::string_view name, std::string_view resource_id) override {
        Query(database_,
              "INSERT INTO storage_accounts (name, resource_id) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(name, resource_id)
            .run();
        return database_.changes() > 0;
    }

    std::optional<std::string> find_account(std::string_view name) override {
        Query query(database_, "SELECT resource_id FROM storage_accounts WHERE name = ?");
        query.bind(name);
        if (!query.next()) return {};
        std::string resource_id;
        query.into(resource_id);
        return resource_id;
    }

    void erase_account(std::string_view name) override {
        Query(database_, "DELETE FROM storage_accounts WHERE name = ?").bind(name).run();
    }

    std::vector<AccountKey> account_keys(std::string_view account) override {
        std::vector<AccountKey> found;
        Query query(database_,
                    "SELECT account, name, value, created FROM storage_account_keys WHERE account = ? "
                    "ORDER BY name");
        query.bind(account);
        while (query.next()) {
            AccountKey key;
            query.into(key.account, key.name, key.value, key.created);
            found.push_back(std::move(key));
        }
        return found;
    }

    void save(const AccountKey& key) override {
        Query(database_,
              R"(INSERT INTO storage_account_keys (account, name, value, created) VALUES (?, ?, ?, ?)
            ON CONFLICT (account, name) DO UPDATE SET value = excluded.value, created = excluded.created)")
            .bind(key.account, key.name, key.value, key.created)
            .run();
    }

    std::vector<Container> containers(std::string_view account) override {
        std::vector<Container> found;
        Query query(database_, fmt::format("{} WHERE account = ? ORDER BY name", select_containers));
        query.bind(account);
        while (query.next()) found.push_back(container_in(query));
        return found;
    }

    std::optional<Container> find_container(std::string_view account, std::string_view name) override {
        Query query(database_, fmt::format("{} WHERE account = ? AND name = ?", select_containers));
        query.bind(account, name);
        if (!query.next()) return {};
        return container_in(query);
    }

    void save(const Container& container) override {
        Query(database_,
              R"(INSERT INTO blob_containers (account, name, metadata, etag, changed) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (account, name) DO UPDATE SET metadata = excluded.metadata, etag = excluded.etag,
            changed = excluded.changed)")
            .bind(container.account, container.name, OrNull{container.metadata}, OrNull{container.etag},
                  container.changed)
            .run();
    }

    void erase_container(std::string_view account, std::string_view name) override {
        Query(database_, "DELETE FROM blob_containers WHERE account = ? AND name = ?")
            .bind(account, name)
            .run();
    }

    std::vector<Blob> blobs(std::string_view account, std::string_view container) override {
        std::vector<Blob> found;
        Query query(database_,
                    fmt::format("{} WHERE account = ? AND container = ? ORDER BY name", select_blobs));
        query.bind(account, container);
        while (query.next()) found.push_back(blob_in(query));
        return found;
    }

    std::optional<Blob> find_blob(std::string_view account, std::string_view container,
                                  std::string_view name) override {
        Query query(database_,
                    fmt::format("{} WHERE account = ? AND container = ? AND name = ?", select_blobs));
        query.bind(account, container, name);
        if (!query.next()) return {};
        return blob_in(query);
    }

    void save(const Blob& blob) override {
        Query(
            database_,
            R"(INSERT INTO blobs (account, container, name, content, content_type, metadata, settings, tags, tier,
            etag, created, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (account, container, name) DO UPDATE SET content = excluded.content,
            content_type = excluded.content_type, metadata = excluded.metadata, settings = excluded.settings, tags = excluded.tags,
            tier = excluded.tier, etag = excluded.etag, created = excluded.created, changed = excluded.changed)")
            .bind(blob.account, blob.container, blob.name, Bytes{blob.content}, OrNull{blob.content_type},
                  OrNull{blob.metadata}, OrNull{blob.settings}, OrNull{blob.tags}, OrNull{blob.tier},
                  OrNull{blob.etag}, blob.created, blob.changed)
            .run();
    }

    void erase_blob(std::string_view account, std::string_view container, std::string_view name) override {
        Query(database_, "DELETE FROM blobs WHERE account = ? AND container = ? AND name = ?")
            .bind(account, container, name)
            .run();
    }

  private:
    Database& database_;
};

}  // namespace

std::unique_ptr<storage::Store> storage_store(Database& database) {
    return std::make_unique<StorageStore>(database);
}

}  // namespace azid::store
