#include "core/rbac/assignments.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/replication.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/condition.hpp"
#include "core/rbac/ports.hpp"
#include "core/rbac/scope.hpp"
#include "core/rbac/wire.hpp"
#include "core/settings/settings.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::rbac {

namespace {

// Azure's limits: role assignments in one subscription (groups and resources with it) and at one management
// group.
constexpr std::size_t most_in_subscription = 4000;
constexpr std::size_t most_in_management_group = 500;

constexpr std::string_view write_action = "Microsoft.Authorization/roleAssignments/write";
constexpr std::string_view read_action = "Microsoft.Authorization/roleAssignments/read";
constexpr std::string_view delete_action = "Microsoft.Authorization/roleAssignments/delete";
constexpr std::string_view principal_types[] = {"User", "Group", "ServicePrincipal", "ForeignGroup",
                                                "Device"};

std::string_view type_name(entra::PrincipalType type) {
    switch (type) {
        case entra::PrincipalType::user:
            return "User";
        case entra::PrincipalType::group:
            return "Group";
        case entra::PrincipalType::service_principal:
            break;
    }
    return "ServicePrincipal";
}

std::string last_piece(std::string_view id) { return std::string(id.substr(id.rfind('/') + 1)); }

// What conditions on delegated role assignment ask for.
Attributes::Source attributes_of(const RoleAssignment& assignment) {
    const std::string prefix = "Microsoft.Authorization/roleAssignments:";
    Attributes::Source source;
    source.insert({prefix + "RoleDefinitionId", {assignment.role_definition_id}});
    source.insert({prefix + "PrincipalId", {assignment.principal_id}});
    if (!assignment.principal_type.empty())
        source.insert({prefix + "PrincipalType", {assignment.principal_type}});
    return source;
}

// Reads the body alone; what it names is looked up later.
RoleAssignment read_body(std::string_view scope, std::string_view name, const Json& body) {
    const Json* properties = find(body, "properties");
    if (!is_guid(name))
        throw Error(
            fault::invalid_role_assignment_id,
            fmt::format("The role assignment ID '{}' is not valid. The role assignment ID must be a GUID.",
                        name));
    if (properties == nullptr || !properties->is_object())
        throw Error(fault::bad_request_format, "The request was incorrectly formatted.");
    const auto text = [&](std::string_view member) {
        const Json* found = find(*properties, member);
        return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
    };
    RoleAssignment assignment;
    assignment.name = lower(name);
    assignment.scope = trimmed_scope(scope);
    assignment.role_definition_id = lower(last_piece(text("roleDefinitionId")));
    assignment.principal_id = text("principalId");
    assignment.principal_type = text("principalType");
    assignment.description = text("description");
    assignment.condition = text("condition");
    assignment.condition_version = text("conditionVersion");
    assignment.delegated_managed_identity_resource_id = text("delegatedManagedIdentityResourceId");
    return assignment;
}

void check_role(Session& session, const RoleAssignment& assignment) {
    const std::optional<RoleDefinition> role =
        session.rbac.find_role_definition(assignment.role_definition_id);
    const std::vector<std::string> chain = chain_of(session, assignment.scope);
    const auto in_chain = [&](const std::string& assignable) {
        return std::any_of(chain.begin(), chain.end(),
                           [&](const std::string& level) { return same_scope(level, assignable); });
    };
    if (role && std::any_of(role->assignable_scopes.begin(), role->assignable_scopes.end(), in_chain)) return;
    Error error(fault::role_definition_does_not_exist,
                fmt::format("The specified role definition with ID '{}' does not exist.",
                            bare_guid(assignment.role_definition_id)));
    if (role)
        error.with_hint(fmt::format("'{}' is assignable only at {}.", role->role_name,
                                    join(role->assignable_scopes, ", ")));
    throw error;
}

void check_type_name(RoleAssignment& assignment) {
    if (assignment.principal_type.empty()) return;
    for (const std::string_view known : principal_types) {
        if (!iequals(known, assignment.principal_type)) continue;
        assignment.principal_type = known;
        return;
    }
    throw Error(fault::invalid_principal_type,
                fmt::format("The PrincipalType property '{}' is not valid. It must be 'User', 'Group' or "
                            "'ServicePrincipal'.",
                            assignment.principal_type));
}

void check_principal_id(RoleAssignment& assignment) {
    if (assignment.principal_id.empty())
        throw Error(fault::invalid_principal_id,
                    "A valid principal ID must be provided for role assignment.");
    if (!is_guid(assignment.principal_id))
        throw Error(fault::invalid_principal_id,
                    fmt::format("The Principal ID '{}' is not valid. Principal ID must be a GUID.",
                                assignment.principal_id));
    assignment.principal_id = lower(assignment.principal_id);
}

// With a type given the directory is not asked whether the principal is there: that is how an assignment can
// be made before a new principal has spread, and also how one comes to be for nobody.
void check_principal(Session& session, RoleAssignment& assignment) {
    const std::optional<entra::Principal> principal =
        entra::visible_principal(session, assignment.principal_id);
    if (principal) {
        const std::string_view actual = type_name(principal->type);
        if (!assignment.principal_type.empty() && assignment.principal_type != actual)
            throw Error(fault::unmatched_principal_type,
                        fmt::format("The PrincipalId '{}' has type '{}' , which is different from specified "
                                    "PrinciaplType '{}'.",
                                    bare_guid(assignment.principal_id), actual, assignment.principal_type));
        assignment.principal_type = actual;
        return;
    }
    if (!assignment.principal_type.empty()) return;
    const std::string tenant = session.caller.tenant_id;
    const std::optional<entra::Application> application =
        session.entra.find_application(tenant, assignment.principal_id);
    if (application && iequals(application->id, assignment.principal_id))
        throw Error(fault::principal_type_not_supported,
                    "Principals of type Application cannot validly be used in role assignments.");
    throw Error(
        fault::principal_not_found,
        fmt::format("Principal {} does not exist in the directory {}. Check that you have the correct "
                    "principal ID. If you are creating this principal and then immediately assigning a "
                    "role, this error might be related to a replication delay. In this case, set the "
                    "role assignment principalType property to a value, such as ServicePrincipal, User, "
                    "or Group.  See https://aka.ms/docs-principaltype",
                    bare_guid(assignment.principal_id), tenant));
}

void check_condition(const RoleAssignment& assignment) {
    if (assignment.condition.empty() && assignment.condition_version.empty()) return;
    if (assignment.condition.empty())
        throw Error(fault::invalid_condition, "A condition version was given without a condition.");
    if (assignment.condition_version != condition_version)
        throw Error(fault::invalid_condition,
                    fmt::format("The condition version '{}' is not valid. It must be '{}'.",
                                assignment.condition_version, condition_version));
    Condition::parse(assignment.condition);
}

bool same_content(const RoleAssignment& left, const RoleAssignment& right) {
    return same_scope(left.scope, right.scope) && iequals(left.principal_id, right.principal_id) &&
           iequals(left.role_definition_id, right.role_definition_id);
}

void check_unique(Session& session, const RoleAssignment& assignment) {
    for (const RoleAssignment& other :
         session.rbac.role_assignments_at({assignment.scope}, {assignment.principal_id})) {
        if (!same_content(other, assignment)) continue;
        throw Error(
            fault::role_assignment_exists,
            fmt::format("The role assignment already exists. The ID of the existing role assignment is {}.",
                        bare_guid(other.name)));
    }
}

void check_limit(Session& session, const RoleAssignment& assignment) {
    const std::string subscription = arm::subscription_of(assignment.scope);
    const bool in_management_group = istarts_with(assignment.scope, management_group_prefix);
    if (subscription.empty() && !in_management_group) return;
    const std::string home = subscription.empty() ? assignment.scope : arm::subscription_scope(subscription);
    const std::size_t most = in_management_group ? most_in_management_group : most_in_subscription;
    if (session.rbac.count_role_assignments_below(home, most) >= most)
        throw Error(fault::role_assignment_limit_exceeded, "No more role assignments can be created.");
}

void keep_last_owner(Session& session, const RoleAssignment& assignment) {
    const std::string subscription = arm::subscription_of(assignment.scope);
    if (assignment.role_definition_id != owner_role || subscription.empty()) return;
    const std::string home = arm::subscription_scope(subscription);
    if (!same_scope(assignment.scope, home)) return;
    for (const RoleAssignment& other : session.rbac.role_assignments_at({home}))
        if (other.role_definition_id == owner_role && other.name != assignment.name) return;
    throw Error(fault::bad_request, "Cannot delete the last RBAC admin assignment.");
}

// One that had not yet spread itself is gone without having counted.
void keep_while_spreading(Session& session, const RoleAssignment& assignment) {
    const std::chrono::seconds lag = settings::lag(session, settings::rbac_propagation);
    if (lag.count() == 0 || session.rbac.delayed(session.now).contains(assignment.name)) return;
    session.rbac.save_removed(assignment, session.now + lag);
}

}  // namespace

void require_scope(Session& session, std::string_view scope) {
    const std::string text(trimmed_scope(scope));
    if (istarts_with(text, "/subscriptions/")) {
        const std::string subscription = arm::subscription_of(text);
        if (!is_guid(subscription))
            throw Error(fault::invalid_subscription_id,
                        fmt::format("The provided subscription identifier '{}' is malformed or invalid.",
                                    subscription));
        arm::require_subscription(session, subscription);
        const std::string group = arm::group_of(text);
        if (!group.empty()) arm::require_group(session, subscription, group);
    }
    if (!is_scope(text))
        throw Error(fault::missing_subscription,
                    "The request did not have a provided subscription. All requests must have an associated "
                    "subscription Id.");
    // What lies inside a resource (a secret, a container) belongs to its own service: only the resource is
    // looked up.
    std::optional<arm::ResourceId> id = arm::ResourceId::parse(text);
    if (!id) return;
    while (const std::optional<arm::ResourceId> parent = id->parent()) id = parent;
    arm::require_resource(session, *id);
}

Json role_assignment_body(std::string_view role_definition_id, std::string_view principal_id,
                          std::string_view principal_type) {
    Json properties{{"roleDefinitionId", role_definition_id}, {"principalId", principal_id}};
    if (!principal_type.empty()) properties["principalType"] = principal_type;
    return {{"properties", std::move(properties)}};
}

Json put_role_assignment(Session& session, std::string_view scope, std::string_view name, const Json& body,
                         bool* created) {
    RoleAssignment assignment = read_body(scope, name, body);
    Attributes attributes;
    attributes.request = attributes_of(assignment);
    authorise(session, write_action, extension_id(scope, assignment_type, name), attributes);
    require_scope(session, scope);
    check_principal_id(assignment);
    check_role(session, assignment);
    check_type_name(assignment);
    check_condition(assignment);

    const std::optional<RoleAssignment> before = session.rbac.find_role_assignment(assignment.name);
    if (before && !same_content(*before, assignment))
        throw Error(fault::role_assignment_update_not_permitted,
                    "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
    check_principal(session, assignment);
    if (!before) {
        check_unique(session, assignment);
        check_limit(session, assignment);
    }
    assignment.created_on = before ? before->created_on : session.now;
    assignment.created_by = before ? before->created_by : session.caller.object_id;
    if (before) assignment.scope = before->scope;
    assignment.updated_on = session.now;
    assignment.updated_by = session.caller.object_id;
    session.rbac.save(assignment);
    if (const std::chrono::seconds lag = settings::lag(session, settings::rbac_propagation);
        lag.count() > 0 && !before)
        session.rbac.delay(assignment.name, session.now + lag);
    session.note("rbac", before ? "role assignment updated" : "role assignment created",
                 extension_id(assignment.scope, assignment_type, assignment.name),
                 compact({{"principalId", assignment.principal_id},
                          {"roleDefinitionId", assignment.role_definition_id},
                          {"scope", assignment.scope}}));
    if (created != nullptr) *created = !before;
    return wire(assignment, arm::subscription_of(scope), !before);
}

Json get_role_assignment(Session& session, std::string_view scope, std::string_view name) {
    authorise(session, read_action, extension_id(scope, assignment_type, name));
    const std::optional<RoleAssignment> found = session.rbac.find_role_assignment(name);
    if (!found || !same_scope(found->scope, scope))
        throw Error(fault::role_assignment_not_found,
                    fmt::format("The role assignment '{}' is not found.", name));
    return wire(*found, arm::subscription_of(scope));
}

Json delete_role_assignment(Session& session, std::string_view scope, std::string_view name) {
    std::optional<RoleAssignment> found = session.rbac.find_role_assignment(name);
    if (found && !same_scope(found->scope, scope)) found.reset();
    Attributes attributes;
    if (found) attributes.resource = attributes_of(*found);
    const std::string id = extension_id(scope, assignment_type, name);
    authorise(session, delete_action, id, attributes);
    if (!found) return nullptr;
    keep_last_owner(session, *found);
    keep_while_spreading(session, *found);
    session.rbac.erase_role_assignment(found->name);
    session.note("rbac", "role assignment deleted", id,
                 compact({{"principalId", found->principal_id},
                          {"roleDefinitionId", found->role_definition_id},
                          {"scope", found->scope}}));
    return wire(*found, arm::subscription_of(scope));
}

void visit_role_assignments(Session& session, std::string_view scope, const AssignmentFilter& filter,
                            const AssignmentVisit& visit) {
    // Everybody may ask what is assigned to oneself.
    const std::string& whose = filter.assigned_to.empty() ? filter.principal : filter.assigned_to;
    if (whose.empty() || !iequals(whose, session.caller.object_id)) authorise(session, read_action, scope);
    require_scope(session, scope);
    AssignmentSearch search;
    if (!filter.assigned_to.empty()) search.principals = session.entra.transitive_groups(filter.assigned_to);
    if (!whose.empty()) search.principals.push_back(whose);
    if (whose.empty() && !filter.of_those.empty()) search.principals.push_back(filter.of_those);
    search.scopes = chain_of(session, scope);
    if (!filter.at_scope) search.below = trimmed_scope(scope);
    session.rbac.visit_role_assignments(search, visit);
}

std::vector<Json> list_role_assignments(Session& session, std::string_view scope,
                                        const AssignmentFilter& filter) {
    const std::string subscription = arm::subscription_of(scope);
    std::vector<Json> found;
    visit_role_assignments(session, scope, filter, [&](const RoleAssignment& assignment) {
        found.push_back(wire(assignment, subscription));
    });
    return found;
}

std::optional<ExtensionId> parse_extension_id(std::string_view id, std::string_view type) {
    const std::string middle = fmt::format("/providers/{}/", type);
    const std::string text = lower(id);
    const size_t at = text.rfind(lower(middle));
    if (at == std::string::npos) return std::nullopt;
    const std::string_view name = trimmed_scope(id.substr(at + middle.size()));
    if (name.empty() || name.find('/') != std::string_view::npos) return std::nullopt;
    return ExtensionId{at == 0 ? "/" : std::string(id.substr(0, at)), std::string(name)};
}

}  // namespace azid::rbac
