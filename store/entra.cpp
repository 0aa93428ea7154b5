#include "core/entra/ports.hpp"

#include "core/base/text.hpp"
#include "core/entra/registration_ports.hpp"
#include "store/database.hpp"
#include "store/json_lists.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

#include <fmt/format.h>

#include <unordered_set>

namespace azid::store {

namespace {

using entra::Application;
using entra::AppRoleAssignment;
using entra::DirectoryGroup;
using entra::DirectoryRoleAssignment;
using entra::DirectorySize;
using entra::Membership;
using entra::Principal;
using entra::PrincipalType;
using entra::Secret;
using entra::ServicePrincipal;
using entra::SigningKey;
using entra::Tenant;
using entra::User;

struct PrincipalTypeName {
    PrincipalType type;
    std::string_view name;
};

constexpr PrincipalTypeName principal_types[] = {
    {PrincipalType::user, "User"},
    {PrincipalType::group, "Group"},
    {PrincipalType::service_principal, "ServicePrincipal"},
};

std::string_view name_of(PrincipalType type) {
    for (const PrincipalTypeName& known : principal_types)
        if (known.type == type) return known.name;
    return principal_types[0].name;
}

PrincipalType principal_type_named(std::string_view name) {
    for (const PrincipalTypeName& known : principal_types)
        if (known.name == name) return known.type;
    return PrincipalType::user;
}

constexpr std::string_view select_tenants = "SELECT id, display_name, default_domain FROM tenants";
constexpr std::string_view select_principals =
    R"(SELECT id, tenant_id, app_id, display_name, type, resource_id,
    user_assigned, enabled, created, properties FROM service_principals)";
constexpr std::string_view select_applications =
    R"(SELECT id, tenant_id, app_id, display_name, identifier_uris, app_roles,
    created, properties FROM applications)";
constexpr std::string_view select_users =
    R"(SELECT id, tenant_id, user_principal_name, display_name, given_name, surname,
    mail, mail_nickname, enabled, created FROM users)";
constexpr std::string_view select_groups =
    "SELECT id, tenant_id, display_name, mail_nickname, description, created FROM groups";

Tenant tenant_in(Query& row) {
    Tenant tenant;
    row.into(tenant.id, tenant.display_name, tenant.default_domain);
    return tenant;
}

Application application_in(Query& row) {
    Application application;
    std::string uris;
    row.into(application.id, application.tenant_id, application.app_id, application.display_name, uris,
             application.app_roles, application.created, application.properties);
    application.identifier_uris = list_of(uris);
    return application;
}

User user_in(Query& row) {
    User user;
    row.into(user.id, user.tenant_id, user.user_principal_name, user.display_name, user.given_name,
             user.surname, user.mail, user.mail_nickname, user.enabled, user.created);
    return user;
}

DirectoryGroup group_in(Query& row) {
    DirectoryGroup group;
    row.into(group.id, group.tenant_id, group.display_name, group.mail_nickname, group.description,
             group.created);
    return group;
}

class EntraStore : public entra::Store {
  public:
    explicit EntraStore(Database& database) : database_(database) {}

    std::vector<Tenant> tenants() override {
        std::vector<Tenant> found;
        Query query(database_, fmt::format("{} ORDER BY rowid", select_tenants));
        while (query.next()) found.push_back(tenant_in(query));
        return found;
    }

    std::optional<Tenant> find_tenant(std::string_view id_or_domain) override {
        return database_.known("tenant", {id_or_domain}, [&]() -> std::optional<Tenant> {
            Query query(database_, fmt::format("{} WHERE id = ?1 OR default_domain = ?1", select_tenants));
            query.bind(id_or_domain);
            if (!query.next()) return {};
            return tenant_in(query);
        });
    }

    void save(const Tenant& tenant) override {
        Query(database_, R"(INSERT INTO tenants (id, display_name, default_domain) VALUES (?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name,
            default_domain = excluded.default_domain)")
            .bind(tenant.id, tenant.display_name, tenant.default_domain)
            .run();
    }

    std::optional<Principal> find_principal(std::string_view object_id) override {
        Query query(database_, R"(
            SELECT id, 'User', user_principal_name, display_name FROM users WHERE id = ?1
            UNION ALL SELECT id, 'Group', display_name, display_name FROM groups WHERE id = ?1
            UNION ALL SELECT id, 'ServicePrincipal',
              ifnull((SELECT name FROM service_principal_names WHERE service_principal_id = id ORDER BY position), app_id),
              display_name FROM service_principals WHERE id = ?1)");
        query.bind(object_id);
        if (!query.next()) return {};
        Principal principal;
        std::string type;
        query.into(principal.id, type, principal.name, principal.display_name);
        principal.type = principal_type_named(type);
        return principal;
    }

    DirectorySize size_of(std::string_view tenant) override {
        std::int64_t users = 0;
        std::int64_t groups = 0;
        std::int64_t identities = 0;
        Query query(database_, R"(SELECT (SELECT count(*) FROM users WHERE tenant_id = ?1),
            (SELECT count(*) FROM groups WHERE tenant_id = ?1),
            (SELECT count(*) FROM service_principals WHERE tenant_id = ?1 AND type = 'ManagedIdentity'))");
        query.bind(tenant);
        if (query.next()) query.into(users, groups, identities);
        return {static_cast<std::size_t>(users), static_cast<std::size_t>(groups),
                static_cast<std::size_t>(identities)};
    }

    std::vector<ServicePrincipal> service_principals(std::string_view tenant) override {
        std::vector<ServicePrincipal> found;
        Query query(database_, fmt::format("{} WHERE tenant_id = ? ORDER BY rowid", select_principals));
        query.bind(tenant);
        while (query.next()) found.push_back(service_principal_in(query));
        return found;
    }

    std::vector<ServicePrincipal> service_principals_called(std::string_view tenant,
                                                            std::string_view display_name) override {
        std::vector<ServicePrincipal> found;
        Query query(database_,
                    fmt::format("{} WHERE +tenant_id = ? AND display_name = ? COLLATE NOCASE ORDER BY rowid",
                                select_principals));
        query.bind(tenant, display_name);
        while (query.next()) found.push_back(service_principal_in(query));
        return found;
    }

    std::optional<ServicePrincipal> find_service_principal_of(std::string_view resource_id) override {
        Query query(database_, fmt::format("{} WHERE resource_id = ? ORDER BY rowid", select_principals));
        query.bind(resource_id);
        if (!query.next()) return {};
        return service_principal_in(query);
    }

    std::optional<ServicePrincipal> find_service_principal(std::string_view object_id) override {
        return database_.known("service principal", {object_id}, [&]() -> std::optional<ServicePrincipal> {
            Query query(database_, fmt::format("{} WHERE id = ?", select_principals));
            query.bind(object_id);
            if (!query.next()) return {};
            return service_principal_in(query);
        });
    }

    std::optional<ServicePrincipal> find_service_principal_named(std::string_view tenant,
                                                                 std::string_view name) override {
        const auto read = [&]() -> std::optional<ServicePrincipal> {
            Query query(database_, fmt::format(R"({} WHERE id IN (
              SELECT id FROM service_principals WHERE tenant_id = ?1 AND app_id = ?2
              UNION SELECT service_principal_id FROM service_principal_names WHERE name = ?2)
            AND +tenant_id = ?1 ORDER BY app_id = ?2 DESC, rowid)",
                                               select_principals));
            query.bind(tenant, name);
            if (!query.next()) return {};
            return service_principal_in(query);
        };
        return database_.known("service principal named", {tenant, name}, read);
    }

    void save(const ServicePrincipal& principal) override {
        const auto run = [&](const char* sql) {
            Query(database_, sql)
                .bind(principal.tenant_id, principal.app_id, principal.display_name, principal.type,
                      OrNull{principal.resource_id}, principal.user_assigned, principal.enabled,
                      principal.created, OrNull{principal.properties}, principal.id)
                .run();
        };
        run(R"(INSERT INTO service_principals (tenant_id, app_id, display_name, type, resource_id, user_assigned,
            enabled, created, properties, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING)");
        if (database_.changes() == 0)
            run(R"(UPDATE service_principals SET tenant_id = ?, app_id = ?, display_name = ?, type = ?,
                resource_id = ?, user_assigned = ?, enabled = ?, created = ?, properties = ? WHERE id = ?)");
        Query(database_, "DELETE FROM service_principal_names WHERE service_principal_id = ?")
            .bind(principal.id)
            .run();
        int position = 0;
        for (const std::string& name : principal.names)
            Query(
                database_,
                "INSERT INTO service_principal_names (service_principal_id, position, name) VALUES (?, ?, ?)")
                .bind(principal.id, position++, name)
                .run();
    }

    void erase_service_principal(std::string_view object_id) override {
        erase_ties(object_id);
        Query(database_, "DELETE FROM service_principals WHERE id = ?").bind(object_id).run();
    }

    std::vector<Application> applications(std::string_view tenant) override {
        std::vector<Application> found;
        Query query(database_, fmt::format("{} WHERE tenant_id = ? ORDER BY rowid", select_applications));
        query.bind(tenant);
        while (query.next()) found.push_back(application_in(query));
        return found;
    }

    std::optional<Application> find_application(std::string_view tenant, std::string_view id) override {
        Query query(database_, fmt::format(R"({} WHERE tenant_id = ?1 AND (id = ?2 OR app_id = ?2
            OR EXISTS (SELECT 1 FROM json_each(identifier_uris) WHERE value = ?2 COLLATE NOCASE)) ORDER BY rowid)",
                                           select_applications));
        query.bind(tenant, id);
        if (!query.next()) return {};
        return application_in(query);
    }

    void save(const Application& application) override {
        Query(database_,
              R"(INSERT INTO applications (id, tenant_id, app_id, display_name, identifier_uris, app_roles,
            created, properties) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET tenant_id = excluded.tenant_id, app_id = excluded.app_id,
            display_name = excluded.display_name, identifier_uris = excluded.identifier_uris,
            app_roles = excluded.app_roles, created = excluded.created, properties = excluded.properties)")
            .bind(application.id, application.tenant_id, application.app_id, application.display_name,
                  list_text(application.identifier_uris), OrNull{application.app_roles}, application.created,
                  OrNull{application.properties})
            .run();
    }

    void erase_application(std::string_view object_id) override {
        erase_ties(object_id);
        Query(database_, "DELETE FROM applications WHERE id = ?").bind(object_id).run();
    }

    std::vector<Secret> secrets(std::string_view owner_id) override {
        std::vector<Secret> found;
        Query query(database_,
                    R"(SELECT key_id, owner_id, display_name, hint, hash, start, "end" FROM client_secrets
            WHERE owner_id = ? ORDER BY rowid)");
        query.bind(owner_id);
        while (query.next()) {
            Secret secret;
            query.into(secret.key_id, secret.owner_id, secret.display_name, secret.hint, secret.hash,
                       secret.start, secret.end);
            found.push_back(std::move(secret));
        }
        return found;
    }

    void save(const Secret& secret) override {
        Query(database_,
              R"(INSERT INTO client_secrets (key_id, owner_id, display_name, hint, hash, start, "end")
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key_id) DO UPDATE SET owner_id = excluded.owner_id, display_name = excluded.display_name,
            hint = excluded.hint, hash = excluded.hash, start = excluded.start, "end" = excluded."end")")
            .bind(secret.key_id, secret.owner_id, OrNull{secret.display_name}, OrNull{secret.hint},
                  secret.hash, secret.start, secret.end)
            .run();
    }

    void erase_secret(std::string_view key_id) override {
        Query(database_, "DELETE FROM client_secrets WHERE key_id = ?").bind(key_id).run();
    }

    std::vector<User> users(std::string_view tenant) override {
        std::vector<User> found;
        Query query(database_, fmt::format("{} WHERE tenant_id = ? ORDER BY rowid", select_users));
        query.bind(tenant);
        while (query.next()) found.push_back(user_in(query));
        return found;
    }

    std::optional<User> find_user(std::string_view tenant, std::string_view id_or_upn) override {
        for (const std::string_view column : {"id", "user_principal_name"}) {
            Query query(database_, fmt::format("{} WHERE tenant_id = ? AND {} = ?", select_users, column));
            query.bind(tenant, id_or_upn);
            if (query.next()) return user_in(query);
        }
        return {};
    }

    void save(const User& user) override {
        Query(database_,
              R"(INSERT INTO users (id, tenant_id, user_principal_name, display_name, given_name, surname,
            mail, mail_nickname, enabled, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET tenant_id = excluded.tenant_id,
            user_principal_name = excluded.user_principal_name, display_name = excluded.display_name,
            given_name = excluded.given_name, surname = excluded.surname, mail = excluded.mail,
            mail_nickname = excluded.mail_nickname, enabled = excluded.enabled, created = excluded.created)")
            .bind(user.id, user.tenant_id, user.user_principal_name, user.display_name,
                  OrNull{user.given_name}, OrNull{user.surname}, OrNull{user.mail},
                  OrNull{user.mail_nickname}, user.enabled, user.created)
            .run();
    }

    void erase_user(std::string_view object_id) override {
        erase_ties(object_id);
        Query(database_, "DELETE FROM users WHERE id = ?").bind(object_id).run();
    }

    std::vector<DirectoryGroup> groups(std::string_view tenant) override {
        std::vector<DirectoryGroup> found;
        Query query(database_, fmt::format("{} WHERE tenant_id = ? ORDER BY rowid", select_groups));
        query.bind(tenant);
        while (query.next()) found.push_back(group_in(query));
        return found;
    }

    std::optional<DirectoryGroup> find_group(std::string_view object_id) override {
        Query query(database_, fmt::format("{} WHERE id = ?", select_groups));
        query.bind(object_id);
        if (!query.next()) return {};
        return group_in(query);
    }

    void save(const DirectoryGroup& group) override {
        Query(database_,
              R"(INSERT INTO groups (id, tenant_id, display_name, mail_nickname, description, created)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET tenant_id = excluded.tenant_id, display_name = excluded.display_name,
            mail_nickname = excluded.mail_nickname, description = excluded.description, created = excluded.created)")
            .bind(group.id, group.tenant_id, group.display_name, OrNull{group.mail_nickname},
                  OrNull{group.description}, group.created)
            .run();
    }

    void erase_group(std::string_view object_id) override {
        erase_ties(object_id);
        Query(database_, "DELETE FROM groups WHERE id = ?").bind(object_id).run();
    }

    std::vector<Membership> members(std::string_view group_id) override {
        std::vector<Membership> found;
        Query query(database_,
                    R"(SELECT group_id, member_id, member_type FROM group_members WHERE group_id = ?
            ORDER BY rowid)");
        query.bind(group_id);
        while (query.next()) {
            Membership membership;
            std::string type;
            query.into(membership.group_id, membership.member_id, type);
            membership.member_type = principal_type_named(type);
            found.push_back(std::move(membership));
        }
        return found;
    }

    void save(const Membership& membership) override {
        Query(database_, R"(INSERT INTO group_members (group_id, member_id, member_type) VALUES (?, ?, ?)
            ON CONFLICT (group_id, member_id) DO UPDATE SET member_type = excluded.member_type)")
            .bind(membership.group_id, membership.member_id, name_of(membership.member_type))
            .run();
    }

    bool erase_membership(std::string_view group_id, std::string_view member_id) override {
        Query(database_, "DELETE FROM group_members WHERE group_id = ? AND member_id = ?")
            .bind(group_id, member_id)
            .run();
        return database_.changes() > 0;
    }

    std::vector<std::string> transitive_groups(std::string_view object_id) override {
        std::vector<std::string> found;
        std::unordered_set<std::string> known;  // groups that contain each other come to an end
        std::string member(object_id);
        for (std::size_t next = 0;; member = found[next++]) {
            Query query(database_, "SELECT group_id FROM group_members WHERE member_id = ?");
            query.bind(member);
            std::string group;
            while (query.next()) {
                query.into(group);
                if (known.insert(lower(group)).second) found.push_back(group);
            }
            if (next == found.size()) return found;
        }
    }

    std::vector<DirectoryRoleAssignment> directory_roles(std::string_view tenant) override {
        std::vector<DirectoryRoleAssignment> found;
        Query query(database_, R"(SELECT id, tenant_id, principal_id, role_template_id, directory_scope
            FROM directory_role_assignments WHERE tenant_id = ? ORDER BY rowid)");
        query.bind(tenant);
        while (query.next()) {
            DirectoryRoleAssignment role;
            query.into(role.id, role.tenant_id, role.principal_id, role.role_template_id,
                       role.directory_scope);
            found.push_back(std::move(role));
        }
        return found;
    }

    void save(const DirectoryRoleAssignment& role) override {
        Query(database_,
              R"(INSERT INTO directory_role_assignments (id, tenant_id, principal_id, role_template_id,
            directory_scope) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET tenant_id = excluded.tenant_id, principal_id = excluded.principal_id,
            role_template_id = excluded.role_template_id, directory_scope = excluded.directory_scope)")
            .bind(role.id, role.tenant_id, role.principal_id, role.role_template_id, role.directory_scope)
            .run();
    }

    void erase_directory_role(std::string_view id) override {
        Query(database_, "DELETE FROM directory_role_assignments WHERE id = ?").bind(id).run();
    }

    std::vector<AppRoleAssignment> app_roles_of(std::string_view principal_id) override {
        return app_roles("principal_id", principal_id);
    }

    std::vector<AppRoleAssignment> app_roles_in(std::string_view resource_id) override {
        return app_roles("resource_id", resource_id);
    }

    void save(const AppRoleAssignment& role) override {
        Query(database_,
              R"(INSERT INTO app_role_assignments (id, principal_id, resource_id, app_role_id, app_role_value,
            created) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET principal_id = excluded.principal_id, resource_id = excluded.resource_id,
            app_role_id = excluded.app_role_id, app_role_value = excluded.app_role_value, created = excluded.created)")
            .bind(role.id, role.principal_id, role.resource_id, role.app_role_id, OrNull{role.app_role_value},
                  role.created)
            .run();
    }

    void erase_app_role(std::string_view id) override {
        Query(database_, "DELETE FROM app_role_assignments WHERE id = ?").bind(id).run();
    }

    entra::RegistrationStore& registrations() override { return *registrations_; }

    std::vector<SigningKey> signing_keys(std::string_view tenant) override {
        return database_.known("signing keys", {tenant}, [&] {
            std::vector<SigningKey> found;
            Query query(database_,
                        R"(SELECT tenant_id, kid, private_key, certificate, created FROM token_signing_keys
            WHERE tenant_id = ? ORDER BY created DESC, rowid DESC)");
            query.bind(tenant);
            while (query.next()) {
                SigningKey key;
                query.into(key.tenant_id, key.kid, key.private_key, key.certificate, key.created);
                found.push_back(std::move(key));
            }
            return found;
        });
    }

    void save(const SigningKey& key) override {
        Query(database_, R"(INSERT INTO token_signing_keys (tenant_id, kid, private_key, certificate, created)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (kid) DO UPDATE SET tenant_id = excluded.tenant_id, private_key = excluded.private_key,
            certificate = excluded.certificate, created = excluded.created)")
            .bind(key.tenant_id, key.kid, key.private_key, Bytes{key.certificate}, key.created)
            .run();
    }

  private:
    std::vector<AppRoleAssignment> app_roles(std::string_view column, std::string_view id) {
        std::vector<AppRoleAssignment> found;
        Query query(database_, fmt::format(R"(SELECT id, principal_id, resource_id, app_role_id,
            app_role_value, created FROM app_role_assignments WHERE {} = ? ORDER BY rowid)",
                                           column));
        query.bind(id);
        while (query.next()) {
            AppRoleAssignment role;
            query.into(role.id, role.principal_id, role.resource_id, role.app_role_id, role.app_role_value,
                       role.created);
            found.push_back(std::move(role));
        }
        return found;
    }

    ServicePrincipal service_principal_in(Query& row) {
        ServicePrincipal principal;
        row.into(principal.id, principal.tenant_id, principal.app_id, principal.display_name, principal.type,
                 principal.resource_id, principal.user_assigned, principal.enabled, principal.created,
                 principal.properties);
        std::string name;
        Query names(database_, R"(SELECT name FROM service_principal_names WHERE service_principal_id = ?
            ORDER BY position)");
        names.bind(principal.id);
        while (names.next()) {
            names.into(name);
            principal.names.push_back(name);
        }
        return principal;
    }

    // What a directory object takes with it: memberships, directory roles, app roles, secrets.
    void erase_ties(std::string_view object_id) {
        for (const std::string_view sql : {
                 "DELETE FROM group_members WHERE member_id = ?",
                 "DELETE FROM directory_role_assignments WHERE principal_id = ?",
                 "DELETE FROM app_role_assignments WHERE principal_id = ?1 OR resource_id = ?1",
                 "DELETE FROM client_secrets WHERE owner_id = ?",
                 "DELETE FROM key_credentials WHERE owner_id = ?",
                 "DELETE FROM owners WHERE object_id = ?1 OR owner_id = ?1",
                 "DELETE FROM permission_grants WHERE ?1 IN (client_id, resource_id, principal_id)",
             })
            Query(database_, sql).bind(object_id).run();
    }

    Database& database_;
    std::unique_ptr<entra::RegistrationStore> registrations_ = registration_store(database_);
};

}  // namespace

std::unique_ptr<entra::Store> entra_store(Database& database) {
    return std::make_unique<EntraStore>(database);
}

}  // namespace azid::store
