#include "core/arm/ports.hpp"
#include "core/base/fault.hpp"
#include "store/below.hpp"
#include "store/database.hpp"
#include "store/operations.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

#include <fmt/format.h>

namespace azid::store {

namespace {

using arm::Deployment;
using arm::Group;
using arm::Lock;
using arm::ManagementGroup;
using arm::Operation;
using arm::Resource;
using arm::ResourceId;
using arm::Subscription;

constexpr std::string_view select_resources =
    R"(SELECT id, location, system_principal_id, tags, kind, sku, zones, plan,
    managed_by, properties, created_by, created_by_name, created_by_type, created, changed, etag FROM resources)";

constexpr std::string_view select_management_groups =
    R"(SELECT name, tenant_id, display_name, parent, created, ifnull(changed, created), changed_by,
    ifnull(version, 1) FROM management_groups)";

// Where a value stands in properties, in the words of the indexes (tables_4.cpp), and which resources may
// have it elsewhere too.
struct PlaceTerms {
    arm::Place place;
    std::string_view type;
    std::string_view value;
    std::string_view several = {};
    std::string_view index_of_several = {};  // SQLite would rather read all of the type
};

constexpr std::string_view interface_type = "Microsoft.Network/networkInterfaces";
constexpr std::string_view several_configurations = "json_array_length(properties, '$.ipConfigurations') > 1";
constexpr PlaceTerms place_terms[] = {
    {arm::Place::machine_interface, "Microsoft.Compute/virtualMachines",
     "json_extract(properties, '$.networkProfile.networkInterfaces[0].id') COLLATE NOCASE",
     "json_array_length(properties, '$.networkProfile.networkInterfaces') > 1",
     "machines_of_several_interfaces"},
    {arm::Place::interface_subnet, interface_type,
     "json_extract(properties, '$.ipConfigurations[0].properties.subnet.id') COLLATE NOCASE",
     several_configurations, "interfaces_of_several_configurations"},
    {arm::Place::interface_public_address, interface_type,
     "json_extract(properties, '$.ipConfigurations[0].properties.publicIPAddress.id') COLLATE NOCASE",
     several_configurations, "interfaces_of_several_configurations"},
    {arm::Place::interface_security_group, interface_type,
     "json_extract(properties, '$.networkSecurityGroup.id') COLLATE NOCASE"},
    {arm::Place::public_address_number, "Microsoft.Network/publicIPAddresses",
     "json_extract(properties, '$.ipAddress') COLLATE NOCASE"},
};

const PlaceTerms& terms_of(arm::Place place) {
    for (const PlaceTerms& terms : place_terms)
        if (terms.place == place) return terms;
    return place_terms[0];
}

Subscription subscription_in(Query& row) {
    Subscription subscription;
    row.into(subscription.id, subscription.name, subscription.tenant_id, subscription.state,
             subscription.tags);
    return subscription;
}

Group group_in(Query& row) {
    Group group;
    row.into(group.subscription, group.name, group.location, group.tags, group.managed_by, group.created);
    return group;
}

Deployment deployment_in(Query& row) {
    Deployment deployment;
    row.into(deployment.subscription, deployment.group, deployment.name, deployment.properties,
             deployment.created);
    return deployment;
}

Lock lock_in(Query& row) {
    Lock lock;
    row.into(lock.id, lock.scope, lock.name, lock.level, lock.notes, lock.owners, lock.system_data);
    return lock;
}

ManagementGroup management_group_in(Query& row) {
    ManagementGroup group;
    row.into(group.name, group.tenant_id, group.display_name, group.parent, group.created, group.changed,
             group.changed_by, group.version);
    return group;
}

class ArmStore : public arm::Store {
  public:
    explicit ArmStore(Database& database) : database_(database) {}

    std::vector<Subscription> subscriptions() override {
        std::vector<Subscription> found;
        Query query(database_, "SELECT id, name, tenant_id, state, tags FROM subscriptions ORDER BY rowid");
        while (query.next()) found.push_back(subscription_in(query));
        return found;
    }

    std::optional<Subscription> find_subscription(std::string_view id) override {
        Query query(database_, "SELECT id, name, tenant_id, state, tags FROM subscriptions WHERE id = ?");
        query.bind(id);
        if (!query.next()) return {};
        return subscription_in(query);
    }

    void save(const Subscription& subscription) override {
        Query(database_,
              R"(INSERT INTO subscriptions (id, name, tenant_id, state, tags) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, tenant_id = excluded.tenant_id,
            state = excluded.state, tags = excluded.tags)")
            .bind(subscription.id, subscription.name, subscription.tenant_id, subscription.state,
                  OrNull{subscription.tags})
            .run();
    }

    std::vector<Group> groups(std::string_view subscription) override {
        std::vector<Group> found;
        Query query(database_, R"(SELECT subscription_id, name, location, tags, managed_by, created
            FROM resource_groups WHERE subscription_id = ? ORDER BY name)");
        query.bind(subscription);
        while (query.next()) found.push_back(group_in(query));
        return found;
    }

    std::optional<Group> find_group(std::string_view subscription, std::string_view name) override {
        Query query(database_, R"(SELECT subscription_id, name, location, tags, managed_by, created
            FROM resource_groups WHERE subscription_id = ? AND name = ?)");
        query.bind(subscription, name);
        if (!query.next()) return {};
        return group_in(query);
    }

    void save(const Group& group) override {
        Query(database_,
              R"(INSERT INTO resource_groups (subscription_id, name, location, tags, managed_by, created)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (subscription_id, name) DO UPDATE SET location = excluded.location, tags = excluded.tags,
            managed_by = excluded.managed_by, created = excluded.created)")
            .bind(group.subscription, group.name, group.location, OrNull{group.tags},
                  OrNull{group.managed_by}, group.created)
            .run();
    }

    void erase_group(std::string_view subscription, std::string_view name) override {
        erase_locks(arm::group_scope(subscription, name));
        Query(database_, "DELETE FROM resource_groups WHERE subscription_id = ? AND name = ?")
            .bind(subscription, name)
            .run();
    }

    std::optional<Resource> find_resource(const ResourceId& id) override {
        const std::string text = id.text();
        return database_.known("resource", {text}, [&]() -> std::optional<Resource> {
            Query query(database_, fmt::format("{} WHERE id = ?", select_resources));
            query.bind(text);
            if (!query.next()) return {};
            return resource_in(query);
        });
    }

    std::vector<Resource> resources(std::string_view subscription, std::string_view group,
                                    std::string_view type) override {
        const std::string_view of_group = group.empty() ? "?2 = ''" : "resource_group = ?2";
        const std::string_view of_type = type.empty() ? "?3 = ''" : "type = ?3";
        Query query(database_, fmt::format("{} WHERE subscription_id = ?1 AND {} AND {} ORDER BY rowid",
                                           select_resources, of_group, of_type));
        query.bind(subscription, group, type);
        return all_resources(query);
    }

    std::vector<Resource> resources_naming(std::string_view subscription, arm::Place place,
                                           std::string_view value) override {
        const PlaceTerms& terms = terms_of(place);
        const std::string elsewhere = terms.several.empty()
                                          ? std::string()
                                          : fmt::format(
                                                "UNION SELECT rowid FROM resources INDEXED BY {} "
                                                "WHERE subscription_id = ?1 AND type = '{}' AND {}",
                                                terms.index_of_several, terms.type, terms.several);
        Query query(
            database_,
            fmt::format("{} WHERE rowid IN (SELECT rowid FROM resources WHERE {} = ?2 AND type = '{}' "
                        "{}) AND +subscription_id = ?1 ORDER BY rowid",
                        select_resources, terms.value, terms.type, elsewhere));
        query.bind(subscription, value);
        return all_resources(query);
    }

    std::size_t count_resources(std::string_view subscription) override {
        Query query(database_, "SELECT count(*) FROM resources WHERE subscription_id = ?");
        query.bind(subscription);
        std::int64_t count = 0;
        if (query.next()) query.into(count);
        return static_cast<std::size_t>(count);
    }

    std::vector<Resource> resources_using_identity(std::string_view identity_id) override {
        Query query(
            database_,
            fmt::format("{} WHERE id IN (SELECT host_id FROM identity_assignments WHERE identity_id = ?) "
                        "ORDER BY rowid",
                        select_resources));
        query.bind(identity_id);
        return all_resources(query);
    }

    // A resource keeps the id it was created with: a later save in another case does not respell it. Two
    // plain statements, of which most commands need the first alone: SQLite takes three times as long to
    // compile the one that does both.
    void save(const Resource& resource) override {
        const std::string id = resource.id.text();
        Query insert(database_,
                     R"(INSERT INTO resources (location, system_principal_id, tags, kind, sku, zones, plan,
            managed_by, properties, created_by, created_by_name, created_by_type, created, changed, etag, id,
            subscription_id, resource_group, type, name)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING)");
        bind_changeable(insert, resource, id, resource.id.subscription(), OrNull{resource.id.group()},
                        resource.id.type(), resource.id.name())
            .run();
        if (database_.changes() == 0) {
            Query update(database_,
                         R"(UPDATE resources SET location = ?, system_principal_id = ?, tags = ?, kind = ?,
                sku = ?, zones = ?, plan = ?, managed_by = ?, properties = ?, created_by = ?, created_by_name = ?,
                created_by_type = ?, created = ?, changed = ?, etag = ? WHERE id = ?)");
            bind_changeable(update, resource, id).run();
        }
        save_assigned(id, resource.identity.user_assigned);
    }

    void erase_resource(const ResourceId& id) override {
        const std::string text = id.text();
        const Below below(text);
        erase_locks(text);
        Query(database_, "DELETE FROM resources WHERE id = ?1 OR (id >= ?2 AND id < ?3)")
            .bind(text, below.first, below.end)
            .run();
    }

    void save(const Deployment& deployment) override {
        Query(database_,
              R"(INSERT INTO deployments (subscription_id, resource_group, name, properties, created)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (subscription_id, ifnull(resource_group, ''), name) DO UPDATE SET
            properties = excluded.properties, created = excluded.created)")
            .bind(deployment.subscription, OrNull{deployment.group}, deployment.name, deployment.properties,
                  deployment.created)
            .run();
    }

    std::optional<Deployment> find_deployment(std::string_view subscription, std::string_view group,
                                              std::string_view name) override {
        Query query(database_,
                    R"(SELECT subscription_id, resource_group, name, properties, created FROM deployments
            WHERE subscription_id = ? AND ifnull(resource_group, '') = ? COLLATE NOCASE AND name = ?)");
        query.bind(subscription, group, name);
        if (!query.next()) return {};
        return deployment_in(query);
    }

    std::vector<Deployment> deployments(std::string_view subscription, std::string_view group) override {
        std::vector<Deployment> found;
        Query query(database_,
                    R"(SELECT subscription_id, resource_group, name, properties, created FROM deployments
            WHERE subscription_id = ? AND ifnull(resource_group, '') = ? COLLATE NOCASE ORDER BY name)");
        query.bind(subscription, group);
        while (query.next()) found.push_back(deployment_in(query));
        return found;
    }

    bool erase_deployment(std::string_view subscription, std::string_view group,
                          std::string_view name) override {
        Query(database_, R"(DELETE FROM deployments
            WHERE subscription_id = ? AND ifnull(resource_group, '') = ? COLLATE NOCASE AND name = ?)")
            .bind(subscription, group, name)
            .run();
        return database_.changes() > 0;
    }

    void save(const Operation& operation) override { save_operation(database_, operation); }
    std::optional<Operation> find_operation(std::string_view subscription, std::string_view id) override {
        return azid::store::find_operation(database_, subscription, id);
    }
    std::optional<Operation> latest_operation(std::string_view target) override {
        return azid::store::latest_operation(database_, target);
    }
    void forget_operations(Instant ended_before) override {
        azid::store::forget_operations(database_, ended_before);
    }

    void mark() override { database_.execute("SAVEPOINT mark"); }
    void take_back_to_mark() override { database_.execute("ROLLBACK TO mark; RELEASE mark"); }
    void keep_since_mark() override { database_.execute("RELEASE mark"); }

    std::vector<Lock> locks(std::string_view subscription) override {
        const std::string scope = arm::subscription_scope(subscription);
        const Below below(scope);
        std::vector<Lock> found;
        Query query(database_, R"(SELECT id, scope, name, level, notes, owners, system_data FROM locks
            WHERE scope = ?1 OR (scope >= ?2 AND scope < ?3) ORDER BY rowid)");
        query.bind(scope, below.first, below.end);
        while (query.next()) found.push_back(lock_in(query));
        return found;
    }

    std::optional<Lock> find_lock(std::string_view id) override {
        Query query(database_,
                    "SELECT id, scope, name, level, notes, owners, system_data FROM locks WHERE id = ?");
        query.bind(id);
        if (!query.next()) return {};
        return lock_in(query);
    }

    void save(const Lock& lock) override {
        Query(database_, R"(INSERT INTO locks (id, scope, name, level, notes, owners, system_data)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET level = excluded.level, notes = excluded.notes, owners = excluded.owners,
            system_data = excluded.system_data)")
            .bind(lock.id, without_slash(lock.scope), lock.name, lock.level, OrNull{lock.notes},
                  OrNull{lock.owners}, OrNull{lock.system_data})
            .run();
    }

    bool erase_lock(std::string_view id) override {
        Query(database_, "DELETE FROM locks WHERE id = ?").bind(id).run();
        return database_.changes() > 0;
    }

    std::vector<arm::TagName> tag_names(std::string_view subscription) override {
        std::vector<arm::TagName> found;
        Query query(database_, R"(SELECT tag_names.name, tag_values.value FROM tag_names
            LEFT JOIN tag_values ON tag_values.subscription_id = tag_names.subscription_id
              AND tag_values.name = tag_names.name
            WHERE tag_names.subscription_id = ? ORDER BY tag_names.rowid, tag_values.rowid)");
        query.bind(subscription);
        std::string name;
        std::string value;
        while (query.next()) {
            query.into(name, value);
            if (found.empty() || found.back().name != name) found.push_back({name, {}});
            if (!value.empty()) found.back().values.push_back(value);
        }
        return found;
    }

    void save_tag_name(std::string_view subscription, std::string_view name) override {
        Query(database_, "INSERT OR IGNORE INTO tag_names (subscription_id, name) VALUES (?, ?)")
            .bind(subscription, name)
            .run();
    }

    void save_tag_value(std::string_view subscription, std::string_view name,
                        std::string_view value) override {
        Query(database_, "INSERT OR IGNORE INTO tag_values (subscription_id, name, value) VALUES (?, ?, ?)")
            .bind(subscription, name, value)
            .run();
    }

    void erase_tag_name(std::string_view subscription, std::string_view name) override {
        Query(database_, "DELETE FROM tag_names WHERE subscription_id = ? AND name = ?")
            .bind(subscription, name)
            .run();
    }

    void erase_tag_value(std::string_view subscription, std::string_view name,
                         std::string_view value) override {
        Query(database_, "DELETE FROM tag_values WHERE subscription_id = ? AND name = ? AND value = ?")
            .bind(subscription, name, value)
            .run();
    }

    std::optional<std::string> registration(std::string_view subscription,
                                            std::string_view provider) override {
        Query query(database_,
                    "SELECT state FROM provider_registrations WHERE subscription_id = ? AND provider = ?");
        query.bind(subscription, provider);
        if (!query.next()) return {};
        std::string state;
        query.into(state);
        return state;
    }

    void save_registration(std::string_view subscription, std::string_view provider,
                           std::string_view state) override {
        Query(database_,
              R"(INSERT INTO provider_registrations (subscription_id, provider, state) VALUES (?, ?, ?)
            ON CONFLICT (subscription_id, provider) DO UPDATE SET state = excluded.state)")
            .bind(subscription, provider, state)
            .run();
    }

    std::string hierarchy_settings(std::string_view tenant) override {
        Query query(database_, "SELECT settings FROM management_group_settings WHERE tenant_id = ?");
        query.bind(tenant);
        std::string settings;
        if (query.next()) query.into(settings);
        return settings;
    }

    void save_hierarchy_settings(std::string_view tenant, std::string_view settings) override {
        Query(database_, "DELETE FROM management_group_settings WHERE tenant_id = ?").bind(tenant).run();
        if (settings.empty()) return;
        Query(database_, "INSERT INTO management_group_settings (tenant_id, settings) VALUES (?, ?)")
            .bind(tenant, settings)
            .run();
    }

    std::vector<ManagementGroup> management_groups() override {
        std::vector<ManagementGroup> found;
        Query query(database_, fmt::format("{} ORDER BY name", select_management_groups));
        while (query.next()) found.push_back(management_group_in(query));
        return found;
    }

    std::optional<ManagementGroup> find_management_group(std::string_view name) override {
        Query query(database_, fmt::format("{} WHERE name = ?", select_management_groups));
        query.bind(name);
        if (!query.next()) return {};
        return management_group_in(query);
    }

    void save(const ManagementGroup& group) override {
        Query(database_, R"(INSERT INTO management_groups (name, tenant_id, display_name, parent, created,
            changed, changed_by, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET display_name = excluded.display_name, parent = excluded.parent,
            created = excluded.created, changed = excluded.changed, changed_by = excluded.changed_by,
            version = excluded.version)")
            .bind(group.name, group.tenant_id, group.display_name, OrNull{group.parent}, group.created,
                  group.changed, OrNull{group.changed_by}, group.version)
            .run();
    }

    void erase_management_group(std::string_view name) override {
        Query(database_, "DELETE FROM management_groups WHERE name = ?").bind(name).run();
    }

    void place_subscription(std::string_view subscription, std::string_view management_group) override {
        Query(database_, "UPDATE subscriptions SET management_group = ?2 WHERE id = ?1")
            .bind(subscription, OrNull{management_group})
            .run();
    }

    std::vector<std::string> subscriptions_in(std::string_view management_group) override {
        std::vector<std::string> found;
        std::string id;
        Query query(database_, "SELECT id FROM subscriptions WHERE management_group = ? ORDER BY rowid");
        query.bind(management_group);
        while (query.next()) {
            query.into(id);
            found.push_back(id);
        }
        return found;
    }

    std::vector<std::string> management_groups_above(std::string_view subscription_or_group) override {
        std::string tenant;
        std::string parent;
        Query start(database_, R"(SELECT tenant_id, management_group FROM subscriptions WHERE id = ?1
            UNION ALL SELECT tenant_id, parent FROM management_groups WHERE name = ?1)");
        start.bind(subscription_or_group);
        if (!start.next()) return {};
        start.into(tenant, parent);
        std::vector<std::string> found;
        // Azure allows six levels; the limit only stops at a circle that somebody made by hand.
        for (int depth = 0; depth < 20 && !parent.empty(); ++depth) {
            std::string name;
            Query query(database_, "SELECT name, parent FROM management_groups WHERE name = ?");
            query.bind(parent);
            if (!query.next()) break;
            query.into(name, parent);
            found.push_back(arm::management_group_scope(name));
        }
        found.push_back(arm::management_group_scope(tenant));
        return found;
    }

  private:
    // Binds what a later save may change, and then the rest.
    template <class... Rest>
    static Query& bind_changeable(Query& query, const Resource& resource, const Rest&... rest) {
        return query.bind(OrNull{resource.location}, OrNull{resource.identity.system_principal_id},
                          OrNull{resource.tags}, OrNull{resource.kind}, OrNull{resource.sku},
                          OrNull{resource.zones}, OrNull{resource.plan}, OrNull{resource.managed_by},
                          OrNull{resource.properties}, OrNull{resource.created_by},
                          OrNull{resource.created_by_name}, OrNull{resource.created_by_type},
                          resource.created, resource.changed, OrNull{resource.etag}, rest...);
    }

    Resource resource_in(Query& row) {
        Resource resource;
        std::string id;
        row.into(id, resource.location, resource.identity.system_principal_id, resource.tags, resource.kind,
                 resource.sku, resource.zones, resource.plan, resource.managed_by, resource.properties,
                 resource.created_by, resource.created_by_name, resource.created_by_type, resource.created,
                 resource.changed, resource.etag);
        const std::optional<ResourceId> parsed = ResourceId::parse(id);
        if (!parsed)
            throw Error(fault::state,
                        fmt::format("The state file '{}' holds '{}' where a resource id belongs.",
                                    database_.path(), id));
        resource.id = *parsed;
        resource.identity.user_assigned = assigned_to(id);
        return resource;
    }

    std::vector<Resource> all_resources(Query& query) {
        std::vector<Resource> found;
        while (query.next()) found.push_back(resource_in(query));
        return found;
    }

    std::vector<arm::AssignedIdentity> assigned_to(const std::string& host_id) {
        std::vector<arm::AssignedIdentity> found;
        Query query(database_, R"(SELECT identity_id, principal_id, client_id FROM identity_assignments
            WHERE host_id = ? ORDER BY position)");
        query.bind(host_id);
        while (query.next()) {
            arm::AssignedIdentity identity;
            query.into(identity.identity_id, identity.principal_id, identity.client_id);
            found.push_back(std::move(identity));
        }
        return found;
    }

    void save_assigned(const std::string& host_id, const std::vector<arm::AssignedIdentity>& identities) {
        Query(database_, "DELETE FROM identity_assignments WHERE host_id = ?").bind(host_id).run();
        int position = 0;
        for (const arm::AssignedIdentity& identity : identities)
            Query(
                database_,
                R"(INSERT INTO identity_assignments (host_id, identity_id, position, principal_id, client_id)
                VALUES (?, ?, ?, ?, ?))")
                .bind(host_id, identity.identity_id, position++, OrNull{identity.principal_id},
                      OrNull{identity.client_id})
                .run();
    }

    void erase_locks(const std::string& scope) {
        const Below below(scope);
        Query(database_, "DELETE FROM locks WHERE scope = ?1 OR (scope >= ?2 AND scope < ?3)")
            .bind(scope, below.first, below.end)
            .run();
    }

    Database& database_;
};

}  // namespace

std::unique_ptr<arm::Store> arm_store(Database& database) { return std::make_unique<ArmStore>(database); }

}  // namespace azid::store
