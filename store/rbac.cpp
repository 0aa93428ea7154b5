#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"
#include "store/below.hpp"
#include "store/database.hpp"
#include "store/json_lists.hpp"
#include "store/query.hpp"
#include "store/stores.hpp"

#include <fmt/format.h>

#include <set>

namespace azid::store {

namespace {

using rbac::DenyAssignment;
using rbac::RoleAssignment;
using rbac::RoleDefinition;

constexpr std::string_view select_definitions = R"(SELECT name, role_name, type, description, permissions,
    assignable_scopes, tenant_id, created, updated, created_by, updated_by FROM role_definitions)";
constexpr std::string_view select_assignments =
    R"(SELECT name, scope, role_definition, principal_id, principal_type,
    description, condition, condition_version, delegated_identity, created, updated, created_by, updated_by
    FROM role_assignments)";

RoleDefinition definition_in(Query& row) {
    RoleDefinition definition;
    std::string permissions;
    std::string scopes;
    row.into(definition.name, definition.role_name, definition.type, definition.description, permissions,
             scopes, definition.tenant_id, definition.created_on, definition.updated_on,
             definition.created_by, definition.updated_by);
    definition.permissions = permissions_of(permissions);
    definition.assignable_scopes = list_of(scopes);
    return definition;
}

std::vector<RoleDefinition> all_definitions(Query& query) {
    std::vector<RoleDefinition> found;
    while (query.next()) found.push_back(definition_in(query));
    return found;
}

void read(Query& row, RoleAssignment& assignment) {
    row.into(assignment.name, assignment.scope, assignment.role_definition_id, assignment.principal_id,
             assignment.principal_type, assignment.description, assignment.condition,
             assignment.condition_version, assignment.delegated_managed_identity_resource_id,
             assignment.created_on, assignment.updated_on, assignment.created_by, assignment.updated_by);
}

RoleAssignment assignment_in(Query& row) {
    RoleAssignment assignment;
    read(row, assignment);
    return assignment;
}

std::vector<RoleAssignment> all_assignments(Query& query) {
    std::vector<RoleAssignment> found;
    while (query.next()) found.push_back(assignment_in(query));
    return found;
}

class RbacStore : public rbac::Store {
  public:
    explicit RbacStore(Database& database) : database_(database) {}

    // Along the index: sorted by SQLite, all of them would be in memory at once.
    void visit_role_definitions(const rbac::DefinitionVisit& visit) override {
        for (const std::string_view kind : {"type = 'BuiltInRole'", "type <> 'BuiltInRole'"}) {
            Query query(database_,
                        fmt::format("{} INDEXED BY role_definitions_by_role_name WHERE {} ORDER BY role_name",
                                    select_definitions, kind));
            while (query.next()) visit(definition_in(query));
        }
    }

    std::optional<RoleDefinition> find_role_definition(std::string_view guid) override {
        Query query(database_, fmt::format("{} WHERE name = ?", select_definitions));
        query.bind(guid);
        if (!query.next()) return {};
        return definition_in(query);
    }

    std::vector<RoleDefinition> role_definitions_named(std::string_view role_name) override {
        Query query(database_,
                    fmt::format("{} WHERE role_name = ? ORDER BY type, rowid", select_definitions));
        query.bind(role_name);
        return all_definitions(query);
    }

    void save(const RoleDefinition& definition) override {
        Query(database_, R"(INSERT INTO role_definitions (name, role_name, type, description, permissions,
            assignable_scopes, tenant_id, created, updated, created_by, updated_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET role_name = excluded.role_name, type = excluded.type,
            description = excluded.description, permissions = excluded.permissions,
            assignable_scopes = excluded.assignable_scopes, tenant_id = excluded.tenant_id,
            created = excluded.created, updated = excluded.updated, created_by = excluded.created_by,
            updated_by = excluded.updated_by)")
            .bind(definition.name, definition.role_name, definition.type, OrNull{definition.description},
                  permissions_text(definition.permissions), list_text(definition.assignable_scopes),
                  OrNull{definition.tenant_id}, definition.created_on, definition.updated_on,
                  OrNull{definition.created_by}, OrNull{definition.updated_by})
            .run();
    }

    void erase_role_definition(std::string_view guid) override {
        Query(database_, "DELETE FROM role_definitions WHERE name = ?").bind(guid).run();
    }

    std::vector<RoleAssignment> role_assignments() override {
        Query query(database_, fmt::format("{} ORDER BY rowid", select_assignments));
        return all_assignments(query);
    }

    void visit_role_assignments(const rbac::AssignmentSearch& search,
                                const rbac::AssignmentVisit& visit) override {
        const std::string first = search.below.empty() ? "" : Below(search.below).first;
        const std::string end = search.below.empty() ? "" : Below(search.below).end;
        Query query(database_, fmt::format("{} WHERE {} ORDER BY rowid", select_assignments, where(search)));
        query.bind(list_text(stored(search.scopes, search.below)), first, end, list_text(search.principals));
        RoleAssignment assignment;
        while (query.next()) {
            read(query, assignment);
            visit(assignment);
        }
    }

    std::size_t count_role_assignments_below(std::string_view scope, std::size_t most) override {
        const Below below(scope);
        Query query(database_, R"(SELECT count(*) FROM (SELECT 1 FROM role_assignments
            WHERE scope = ?1 OR (scope >= ?2 AND scope < ?3) LIMIT ?4))");
        query.bind(stored(scope), below.first, below.end, static_cast<std::int64_t>(most));
        std::int64_t count = 0;
        if (query.next()) query.into(count);
        return static_cast<std::size_t>(count);
    }

    std::size_t count_role_assignments() override {
        return static_cast<std::size_t>(database_.number("SELECT count(*) FROM role_assignments"));
    }

    bool is_assigned(std::string_view role_definition) override {
        Query query(database_, "SELECT 1 FROM role_assignments WHERE role_definition = ? LIMIT 1");
        query.bind(role_definition);
        return query.next();
    }

    std::vector<RoleAssignment> role_assignments_at(const std::vector<std::string>& scopes) override {
        Query query(database_,
                    fmt::format("{} WHERE scope IN (SELECT value FROM json_each(?)) ORDER BY rowid",
                                select_assignments));
        query.bind(list_text(stored(scopes, {})));
        return all_assignments(query);
    }

    std::vector<RoleAssignment> role_assignments_at(const std::vector<std::string>& scopes,
                                                    const std::vector<std::string>& principals) override {
        // One after the other: a statement for all of them takes longer to compile than this does altogether.
        std::set<std::int64_t> rows;
        std::int64_t row = 0;
        for (const std::string& scope : stored(scopes, {})) {
            for (const std::string& principal : principals) {
                Query query(database_,
                            R"(SELECT rowid FROM role_assignments INDEXED BY role_assignments_by_scope
                    WHERE scope = ? AND principal_id = ?)");
                query.bind(scope, principal);
                while (query.next()) {
                    query.into(row);
                    rows.insert(row);
                }
            }
        }
        std::vector<RoleAssignment> found;
        for (const std::int64_t number : rows) {
            Query query(database_, fmt::format("{} WHERE rowid = ?", select_assignments));
            query.bind(number);
            if (query.next()) found.push_back(assignment_in(query));
        }
        return found;
    }

    std::vector<RoleAssignment> role_assignments_of(const std::vector<std::string>& principals) override {
        Query query(database_,
                    fmt::format("{} WHERE principal_id IN (SELECT value FROM json_each(?)) ORDER BY rowid",
                                select_assignments));
        query.bind(list_text(principals));
        return all_assignments(query);
    }

    std::optional<RoleAssignment> find_role_assignment(std::string_view guid) override {
        Query query(database_, fmt::format("{} WHERE name = ?", select_assignments));
        query.bind(guid);
        if (!query.next()) return {};
        return assignment_in(query);
    }

    void save(const RoleAssignment& assignment) override {
        Query(database_,
              R"(INSERT INTO role_assignments (name, scope, role_definition, principal_id, principal_type,
            description, condition, condition_version, delegated_identity, created, updated, created_by, updated_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET scope = excluded.scope, role_definition = excluded.role_definition,
            principal_id = excluded.principal_id, principal_type = excluded.principal_type,
            description = excluded.description, condition = excluded.condition,
            condition_version = excluded.condition_version, delegated_identity = excluded.delegated_identity,
            created = excluded.created, updated = excluded.updated, created_by = excluded.created_by,
            updated_by = excluded.updated_by)")
            .bind(assignment.name, stored(assignment.scope), assignment.role_definition_id,
                  assignment.principal_id, assignment.principal_type, OrNull{assignment.description},
                  OrNull{assignment.condition}, OrNull{assignment.condition_version},
                  OrNull{assignment.delegated_managed_identity_resource_id}, assignment.created_on,
                  assignment.updated_on, OrNull{assignment.created_by}, OrNull{assignment.updated_by})
            .run();
    }

    void erase_role_assignment(std::string_view guid) override {
        Query(database_, "DELETE FROM role_assignments WHERE name = ?").bind(guid).run();
    }

    void erase_role_assignments_below(std::string_view scope) override {
        const Below below(scope);
        Query(database_, "DELETE FROM role_assignments WHERE scope = ?1 OR (scope >= ?2 AND scope < ?3)")
            .bind(stored(scope), below.first, below.end)
            .run();
    }

    void delay(std::string_view guid, Instant counts_from) override {
        Query(database_, "UPDATE role_assignments SET counts_from = ? WHERE name = ?")
            .bind(counts_from, guid)
            .run();
    }

    std::map<std::string, Instant, ILess> delayed(Instant now) override {
        std::map<std::string, Instant, ILess> found;
        Query query(database_, "SELECT name, counts_from FROM role_assignments WHERE counts_from > ?");
        query.bind(now);
        while (query.next()) {
            std::string name;
            Instant from;
            query.into(name, from);
            found.emplace(std::move(name), from);
        }
        return found;
    }

    void save_removed(const RoleAssignment& assignment, Instant counts_until) override {
        Query(database_, R"(INSERT INTO removed_role_assignments (name, scope, role_definition, principal_id,
            principal_type, condition, created, counts_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET counts_until = excluded.counts_until)")
            .bind(assignment.name, stored(assignment.scope), assignment.role_definition_id,
                  assignment.principal_id, assignment.principal_type, OrNull{assignment.condition},
                  assignment.created_on, counts_until)
            .run();
    }

    std::vector<std::pair<RoleAssignment, Instant>> removed(Instant now) override {
        std::vector<std::pair<RoleAssignment, Instant>> found;
        Query query(database_,
                    R"(SELECT name, scope, role_definition, principal_id, principal_type, condition,
            created, counts_until FROM removed_role_assignments WHERE counts_until > ? ORDER BY rowid)");
        query.bind(now);
        while (query.next()) {
            RoleAssignment assignment;
            Instant until;
            query.into(assignment.name, assignment.scope, assignment.role_definition_id,
                       assignment.principal_id, assignment.principal_type, assignment.condition,
                       assignment.created_on, until);
            found.emplace_back(std::move(assignment), until);
        }
        return found;
    }

    std::vector<DenyAssignment> deny_assignments() override {
        std::vector<DenyAssignment> found;
        Query query(database_, R"(SELECT name, display_name, description, permissions, scope,
            do_not_apply_to_child_scopes, principals, exclude_principals, is_system_protected, created
            FROM deny_assignments ORDER BY rowid)");
        while (query.next()) {
            DenyAssignment assignment;
            std::string permissions;
            std::string principals;
            std::string excluded;
            query.into(assignment.name, assignment.display_name, assignment.description, permissions,
                       assignment.scope, assignment.do_not_apply_to_child_scopes, principals, excluded,
                       assignment.is_system_protected, assignment.created_on);
            assignment.permissions = permissions_of(permissions);
            assignment.principals = principals_of(principals);
            assignment.exclude_principals = principals_of(excluded);
            found.push_back(std::move(assignment));
        }
        return found;
    }

    void save(const DenyAssignment& assignment) override {
        Query(database_, R"(INSERT INTO deny_assignments (name, display_name, description, permissions, scope,
            do_not_apply_to_child_scopes, principals, exclude_principals, is_system_protected, created)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET display_name = excluded.display_name,
            description = excluded.description, permissions = excluded.permissions, scope = excluded.scope,
            do_not_apply_to_child_scopes = excluded.do_not_apply_to_child_scopes, principals = excluded.principals,
            exclude_principals = excluded.exclude_principals, is_system_protected = excluded.is_system_protected,
            created = excluded.created)")
            .bind(assignment.name, assignment.display_name, OrNull{assignment.description},
                  permissions_text(assignment.permissions), stored(assignment.scope),
                  assignment.do_not_apply_to_child_scopes, principals_text(assignment.principals),
                  principals_text(assignment.exclude_principals), assignment.is_system_protected,
                  assignment.created_on)
            .run();
    }

    bool erase_deny_assignment(std::string_view guid) override {
        Query(database_, "DELETE FROM deny_assignments WHERE name = ?").bind(guid).run();
        return database_.changes() > 0;
    }

  private:
    // Scopes are kept without a slash at their end, except the root itself, "/".
    static std::string stored(std::string_view scope) {
        const std::string plain = without_slash(scope);
        return plain.empty() ? std::string("/") : plain;
    }

    // The condition of a search. A few rows are found by an index and sorted; of many all rows are passed by
    // in their order ("+" keeps SQLite from the index), so that none has to be kept.
    std::string_view where(const rbac::AssignmentSearch& search) {
        constexpr std::size_t many = 10000;
        if (!search.principals.empty())
            return R"(principal_id IN (SELECT value FROM json_each(?4))
                AND (+scope IN (SELECT value FROM json_each(?1)) OR (+scope >= ?2 AND +scope < ?3)))";
        if (search.below.empty() || count_role_assignments_below(search.below, many) < many)
            return R"((scope IN (SELECT value FROM json_each(?1)) OR (scope >= ?2 AND scope < ?3)) AND ?4 = '[]')";
        return R"(((+scope >= ?2 AND +scope < ?3) OR +scope IN (SELECT value FROM json_each(?1))) AND ?4 = '[]')";
    }

    // The scopes, and one more unless it is empty.
    static std::vector<std::string> stored(const std::vector<std::string>& scopes, std::string_view more) {
        std::vector<std::string> plain;
        plain.reserve(scopes.size() + 1);
        for (const std::string& scope : scopes) plain.push_back(stored(scope));
        if (!more.empty()) plain.push_back(stored(more));
        return plain;
    }

    Database& database_;
};

}  // namespace

std::unique_ptr<rbac::Store> rbac_store(Database& database) { return std::make_unique<RbacStore>(database); }

}  // namespace azid::store
