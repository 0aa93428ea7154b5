#include "cli/commands/role_assignment.hpp"

#include "cli/app/rows.hpp"
#include "cli/commands/json_argument.hpp"
#include "cli/commands/role_assignment_rows.hpp"
#include "cli/commands/role_words.hpp"
#include "cli/commands/shape.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/rights.hpp"
#include "core/rbac/assignments.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"
#include "core/rbac/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <vector>

namespace azid::commands {

namespace {

constexpr std::string_view fields =
    "condition conditionVersion createdBy createdOn delegatedManagedIdentityResourceId description id name "
    "principalId "
    "principalType roleDefinitionId scope type updatedBy updatedOn";

// az prints dates as Python does.
void restyle_date(Json& object, const char* member) {
    const std::optional<Instant> instant = parse_utc(text_at(object, member));
    if (instant) object[member] = az_iso(*instant);
}

Json shaped(const Json& assignment) {
    Json shape = with_fields(flattened(assignment), fields);
    restyle_date(shape, "createdOn");
    restyle_date(shape, "updatedOn");
    return shape;
}

rbac::AssignmentFilter asked_of_service(const std::string& scope, const std::string& assignee,
                                        bool with_groups, const std::string& role) {
    rbac::AssignmentFilter filter;
    filter.at_scope = !scope.empty();
    if (with_groups) {
        filter.assigned_to = assignee;
    } else if (scope.empty()) {
        filter.principal = assignee;
    }
    // What az sorts out itself is not even read; a role that does not exist is told of only where there is
    // any.
    if (!with_groups && role.empty()) filter.of_those = assignee;
    return filter;
}

// What az asks of the service, and what it sorts out itself afterwards. An empty scope: the whole
// subscription.
struct Search {
    std::string scope;
    std::string assignee;  // object id; empty for any
    std::string role;      // as typed; empty for any
    bool inherited = false;
    bool groups = false;
};

std::string place_of(const app::Context& context, const Search& search) {
    return search.scope.empty() ? context.subscription_scope() : search.scope;
}

// Gives what is wanted, one after the other. A role that does not exist is told of when the first assignment
// is met that may be wanted.
void visit_wanted(app::Context& context, const Search& search, const rbac::AssignmentVisit& visit) {
    const std::string place = place_of(context, search);
    const std::string subscription = arm::subscription_of(place);
    const bool with_groups = search.groups && !search.assignee.empty();
    std::string role;
    const auto has_role = [&](const rbac::RoleAssignment& assignment) {
        if (search.role.empty()) return true;
        if (role.empty()) role = role_definition_from(context, search.role, place);
        const std::string seen_from =
            subscription.empty() ? arm::subscription_of(assignment.scope) : subscription;
        return iequals(rbac::definition_id(seen_from, assignment.role_definition_id), role);
    };
    rbac::visit_role_assignments(
        context.session(), place, asked_of_service(search.scope, search.assignee, with_groups, search.role),
        [&](const rbac::RoleAssignment& assignment) {
            const bool here =
                search.scope.empty() || search.inherited || iequals(assignment.scope, search.scope);
            if (!here || !has_role(assignment)) return;
            if (search.assignee.empty() || with_groups || iequals(assignment.principal_id, search.assignee))
                visit(assignment);
        });
}

std::vector<Json> search(app::Context& context, const Search& search) {
    const std::string subscription = arm::subscription_of(place_of(context, search));
    std::vector<Json> found;
    visit_wanted(context, search, [&](const rbac::RoleAssignment& assignment) {
        found.push_back(rbac::wire(assignment, subscription));
    });
    return found;
}

// Adds principalName and roleDefinitionName. Without the right to read the directory there is no
// principalName.
Json named(app::Context& context, const std::vector<Json>& assignments, bool roles, bool principals) {
    Json list = Json::array();
    if (assignments.empty()) return list;
    principals = principals && entra::has_right(context.session(), entra::Right::read);
    for (const Json& assignment : assignments) {
        Json shape = shaped(assignment);
        if (roles) {
            const std::string id = text_at(shape, "roleDefinitionId");
            const std::optional<rbac::RoleDefinition> role =
                context.session().rbac.find_role_definition(std::string_view(id).substr(id.rfind('/') + 1));
            shape["roleDefinitionName"] = role ? Json(role->role_name) : Json(nullptr);
        }
        if (principals) shape["principalName"] = shown_name(context.session(), text_at(shape, "principalId"));
        list.push_back(std::move(shape));
    }
    return list;
}

// The same list, printed while it is read.
Json printed(app::Context& context, const Search& search, bool roles, bool principals) {
    Session& session = context.session();
    std::optional<AssignmentRows> rows;
    app::Rows list(context);
    visit_wanted(context, search, [&](const rbac::RoleAssignment& assignment) {
        if (!rows)
            rows.emplace(session, arm::subscription_of(place_of(context, search)), roles,
                         principals && entra::has_right(session, entra::Right::read));
        list.add([&](std::string& out) { rows->append(out, assignment); });
    });
    return list.end();
}

// The object id of --assignee or --assignee-object-id; empty for neither.
std::string wanted_assignee(app::Context& context) {
    const bool named = context.args.given("assignee");
    if (named && context.args.given("assignee_object_id"))
        throw Error(fault::client, "Usage error: Provide only one of --assignee or --assignee-object-id.");
    return named ? assignee_from(context, context.args.text("assignee")).object_id
                 : context.args.text("assignee_object_id");
}

void check_create_options(const app::Args& args) {
    if (args.given("assignee") == args.given("assignee_object_id"))
        throw Error(fault::client, "usage error: --assignee STRING | --assignee-object-id GUID");
    if (args.given("assignee_principal_type") && !args.given("assignee_object_id"))
        throw Error(fault::client, "usage error: --assignee-object-id GUID --assignee-principal-type TYPE");
    if (args.given("condition_version") && args.text("condition").empty())
        throw Error(fault::client,
                    "usage error: When --condition-version is set, --condition must be set as well.");
}

Assignee assignee_to_create_for(app::Context& context) {
    if (context.args.given("assignee")) return assignee_from(context, context.args.text("assignee"));
    Assignee assignee{context.args.text("assignee_object_id"), context.args.text("assignee_principal_type")};
    if (!assignee.type.empty()) return assignee;
    context.messages.warn(
        "RBAC service might reject creating role assignment without --assignee-principal-type in the future. "
        "Better to "
        "specify --assignee-principal-type manually.");
    assignee.type = type_from_graph(context, assignee.object_id);
    return assignee;
}

Json creation_body(const app::Args& args, const std::string& role, const Assignee& assignee) {
    Json body = rbac::role_assignment_body(role, assignee.object_id, assignee.type);
    Json& properties = body["properties"];
    if (args.given("description")) properties["description"] = args.text("description");
    if (!args.text("condition").empty()) {
        properties["condition"] = args.text("condition");
        properties["conditionVersion"] =
            args.given("condition_version") ? args.text("condition_version") : "2.0";
    }
    return body;
}

void delete_by_id(app::Context& context, const std::string& id) {
    const std::optional<rbac::ExtensionId> parts = rbac::parse_extension_id(id, rbac::assignment_type);
    if (!parts)
        throw Error(fault::missing_subscription,
                    "The request did not have a provided subscription. All requests must have an associated "
                    "subscription Id.");
    rbac::delete_role_assignment(context.session(), parts->scope, parts->name);
}

struct Overridden {
    std::string_view key;
    std::string_view name;
};
constexpr Overridden overridden_by_ids[] = {
    {"assignee", "--assignee"}, {"assignee_object_id", "--assignee-object-id"},
    {"role", "--role"},         {"resource_group_name", "--resource-group"},
    {"scope", "--scope"},       {"include_inherited", "--include-inherited"}};

}  // namespace

Json role_assignment_create(app::Context& context) {
    check_create_options(context.args);
    const Assignee assignee = assignee_to_create_for(context);
    const std::string scope = scope_from(context, context.args.text("scope"));
    const std::string role = role_definition_from(context, context.args.text("role"), scope);
    const std::string name = context.args.given("assignment_name") ? context.args.text("assignment_name")
                                                                   : new_guid(context.session().random);
    try {
        return shaped(rbac::put_role_assignment(context.session(), scope, name,
                                                creation_body(context.args, role, assignee)));
    } catch (const Error& error) {
        if (error.fault().code != fault::role_assignment_exists.code) throw;
    }
    // What is there already is as good as made: az prints it as its list does.
    const Json list =
        named(context, search(context, {scope, assignee.object_id, role, false, false}), true, true);
    return list.empty() ? Json(nullptr) : list.front();
}

Json role_assignment_list(app::Context& context) {
    Search wanted;
    if (!context.args.flag("show_all")) {
        wanted.scope = role_scope(context);
    } else if (context.args.typed("resource_group_name") || context.args.given("scope")) {
        throw Error(fault::client, "group or scope are not required when --all is used");
    }
    wanted.assignee = wanted_assignee(context);
    wanted.role = context.args.text("role");
    wanted.inherited = context.args.flag("include_inherited");
    wanted.groups = context.args.flag("include_groups");
    const bool roles = context.args.three_state("fill_role_definition_name").value_or(true);
    const bool principals = context.args.three_state("fill_principal_name").value_or(true);
    if (app::Rows::allowed(context)) return printed(context, wanted, roles, principals);
    return named(context, search(context, wanted), roles, principals);
}

Json role_assignment_update(app::Context& context) {
    const Json given = json_argument(context, context.args.text("role_assignment"));
    const std::string scope = text_at(given, "scope");
    const std::string name = text_at(given, "name");
    if (scope.empty() || name.empty())
        throw Error(fault::client,
                    "The role assignment's JSON must have 'scope' and 'name', as its list shows them.");
    const Json before = rbac::get_role_assignment(context.session(), scope, name);
    const std::string version = text_at(given, "conditionVersion");
    if (text_at(before["properties"], "conditionVersion").starts_with("2.") && version.starts_with("1."))
        throw Error(fault::client, "Condition version cannot be downgraded to '1.X'.");
    Json properties = Json::object();
    for (const char* member : {"roleDefinitionId", "principalId", "principalType", "description", "condition",
                               "conditionVersion", "delegatedManagedIdentityResourceId"})
        if (given.contains(member) && !given[member].is_null()) properties[member] = given[member];
    if (!properties.contains("principalType"))
        properties["principalType"] = before["properties"]["principalType"];
    return shaped(rbac::put_role_assignment(context.session(), scope, name, {{"properties", properties}}));
}

Json role_assignment_delete(app::Context& context) {
    const std::vector<std::string> ids = context.args.list("ids");
    if (!ids.empty()) {
        for (const Overridden& option : overridden_by_ids)
            if (context.args.given(option.key))
                context.messages.warn(
                    fmt::format("option '{}' will be ignored due to use of '--ids'.", option.name));
        for (const std::string& id : ids) delete_by_id(context, id);
        return nullptr;
    }
    const app::Args& args = context.args;
    if (!args.given("assignee") && !args.given("assignee_object_id") && !args.given("role") &&
        !args.given("resource_group_name") && !args.given("scope"))
        throw Error(fault::client,
                    "Please provide at least one of these arguments: --ids, --assignee, "
                    "--assignee-object-id, --role, "
                    "--resource-group, --scope");
    Search wanted;
    wanted.scope = role_scope(context);
    wanted.assignee = wanted_assignee(context);
    wanted.role = args.text("role");
    wanted.inherited = args.flag("include_inherited");
    const std::vector<Json> found = search(context, wanted);
    if (found.empty()) throw Error(fault::client, "No matched assignments were found to delete");
    for (const Json& assignment : found) delete_by_id(context, text_at(assignment, "id"));
    return nullptr;
}

}  // namespace azid::commands
