#include "cli/commands/role_assignment_rows.hpp"

#include "cli/commands/role_words.hpp"
#include "cli/render/rows.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/text.hpp"
#include "core/rbac/ports.hpp"
#include "core/rbac/wire.hpp"

namespace azid::commands {

namespace {

// Names that are remembered; with more principals than that they are looked up again.
constexpr std::size_t most_names = 20000;

// The group of an id below a resource group, by az's rule (app::with_resource_groups). Empty when there is
// none.
std::string_view group_in(std::string_view id) {
    constexpr std::string_view subscriptions = "/subscriptions/";
    constexpr std::string_view groups = "resourceGroups/";
    if (!istarts_with(id, subscriptions)) return {};
    const std::size_t slash = id.find('/', subscriptions.size());
    if (slash == std::string_view::npos || !istarts_with(id.substr(slash + 1), groups)) return {};
    const std::string_view rest = id.substr(slash + 1 + groups.size());
    return rest.substr(0, rest.find('/'));
}

}  // namespace

AssignmentRows::AssignmentRows(Session& session, std::string_view subscription, bool roles, bool principals)
    : session_(session), subscription_(subscription), roles_(roles), principals_(principals) {
    if (!subscription_.empty()) definition_id_ = rbac::definition_id(subscription_, "");
}

const std::string& AssignmentRows::role_name(const std::string& role) {
    const auto known = role_names_.find(role);
    if (known != role_names_.end()) return known->second;
    const std::optional<rbac::RoleDefinition> found = session_.rbac.find_role_definition(role);
    return role_names_.emplace(role, found ? found->role_name : std::string()).first->second;
}

const std::string& AssignmentRows::principal_name(const std::string& principal) {
    const auto known = principal_names_.find(principal);
    if (known != principal_names_.end()) return known->second;
    if (principal_names_.size() >= most_names) principal_names_.clear();
    return principal_names_.emplace(principal, shown_name(session_, principal)).first->second;
}

void AssignmentRows::append(std::string& out, const rbac::RoleAssignment& assignment) {
    const std::string id = rbac::extension_id(assignment.scope, rbac::assignment_type, assignment.name);
    const std::string role =
        subscription_.empty()
            ? rbac::definition_id(arm::subscription_of(assignment.scope), assignment.role_definition_id)
            : definition_id_ + assignment.role_definition_id;
    const std::string_view group = group_in(id);
    render::TextRow row(out);
    row.member_or_null("condition", assignment.condition);
    row.member_or_null("conditionVersion", assignment.condition_version);
    row.member_or_null("createdBy", assignment.created_by);
    row.member("createdOn", az_iso(assignment.created_on));
    row.member_or_null("delegatedManagedIdentityResourceId",
                       assignment.delegated_managed_identity_resource_id);
    row.member_or_null("description", assignment.description);
    row.member("id", id);
    row.member("name", assignment.name);
    row.member("principalId", assignment.principal_id);
    if (principals_) row.member("principalName", principal_name(assignment.principal_id));
    row.member("principalType", assignment.principal_type);
    if (!group.empty()) row.member("resourceGroup", group);
    row.member("roleDefinitionId", role);
    if (roles_) row.member_or_null("roleDefinitionName", role_name(assignment.role_definition_id));
    row.member("scope", assignment.scope);
    row.member("type", rbac::assignment_type);
    row.member_or_null("updatedBy", assignment.updated_by);
    row.member("updatedOn", az_iso(assignment.updated_on));
    row.end();
}

}  // namespace azid::commands
