// What Azure RBAC needs stored.
#pragma once

#include "core/base/text.hpp"
#include "core/base/time.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azid::rbac {

struct RoleDefinition;
struct RoleAssignment;
struct DenyAssignment;

// Which role assignments are wanted.
struct AssignmentSearch {
    std::vector<std::string> scopes;      // those at any of these
    std::string below;                    // and those at or below that one; empty for none
    std::vector<std::string> principals;  // of these alone; empty for anybody's
};

using DefinitionVisit = std::function<void(const RoleDefinition&)>;
using AssignmentVisit = std::function<void(const RoleAssignment&)>;

class Store {
  public:
    virtual ~Store() = default;

    // Gives all to "visit", one after the other: built-in ones first, each kind ordered by role name.
    virtual void visit_role_definitions(const DefinitionVisit& visit) = 0;
    // By its GUID. Empty when there is none.
    virtual std::optional<RoleDefinition> find_role_definition(std::string_view guid) = 0;
    // By role name, without case.
    virtual std::vector<RoleDefinition> role_definitions_named(std::string_view role_name) = 0;
    virtual void save(const RoleDefinition& definition) = 0;
    virtual void erase_role_definition(std::string_view guid) = 0;

    // Everything, in order of creation.
    virtual std::vector<RoleAssignment> role_assignments() = 0;
    // Gives those that the search finds to "visit", one after the other in order of creation.
    virtual void visit_role_assignments(const AssignmentSearch& search, const AssignmentVisit& visit) = 0;
    // How many there are at the scope and below it, or "most" where there are more.
    virtual std::size_t count_role_assignments_below(std::string_view scope, std::size_t most) = 0;
    // How many there are in all.
    virtual std::size_t count_role_assignments() = 0;
    // Whether any gives that role, named by its GUID.
    virtual bool is_assigned(std::string_view role_definition) = 0;
    // Those at any of these scopes (compared without case): a scope's ancestor chain.
    virtual std::vector<RoleAssignment> role_assignments_at(const std::vector<std::string>& scopes) = 0;
    // The same, but only those of any of these principals.
    virtual std::vector<RoleAssignment> role_assignments_at(const std::vector<std::string>& scopes,
                                                            const std::vector<std::string>& principals) = 0;
    // Those of any of these principals.
    virtual std::vector<RoleAssignment> role_assignments_of(const std::vector<std::string>& principals) = 0;
    // By its GUID, unique in the tenant.
    virtual std::optional<RoleAssignment> find_role_assignment(std::string_view guid) = 0;
    virtual void save(const RoleAssignment& assignment) = 0;
    virtual void erase_role_assignment(std::string_view guid) = 0;
    // At the scope or anywhere below it, by whole segments: what deleting a resource or group takes away.
    virtual void erase_role_assignments_below(std::string_view scope) = 0;

    // While role assignments take time to spread: from when on a new one counts.
    virtual void delay(std::string_view guid, Instant counts_from) = 0;
    // Those that count only later than that instant, by GUID.
    virtual std::map<std::string, Instant, ILess> delayed(Instant now) = 0;
    // One that was erased and counts until then.
    virtual void save_removed(const RoleAssignment& assignment, Instant counts_until) = 0;
    // Those that still count at that instant, each with the instant at which that ends.
    virtual std::vector<std::pair<RoleAssignment, Instant>> removed(Instant now) = 0;

    virtual std::vector<DenyAssignment> deny_assignments() = 0;
    virtual void save(const DenyAssignment& assignment) = 0;
    // False when there was none.
    virtual bool erase_deny_assignment(std::string_view guid) = 0;
};

}  // namespace azid::rbac
