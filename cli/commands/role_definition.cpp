#include "cli/commands/role_definition.hpp"

#include "cli/app/rows.hpp"
#include "cli/commands/json_argument.hpp"
#include "cli/commands/role_words.hpp"
#include "cli/commands/shape.hpp"
#include "cli/render/rows.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "core/rbac/assignments.hpp"
#include "core/rbac/definitions.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <optional>
#include <vector>

namespace azid::commands {

namespace {

constexpr std::string_view fields =
    "assignableScopes createdBy createdOn description id name permissions roleName roleType type updatedBy "
    "updatedOn";
constexpr std::string_view permission_fields =
    "actions condition conditionVersion dataActions notActions notDataActions";
constexpr const char* readonly_warning =
    "Readonly attribute type will be ignored in class <class "
    "'azure.mgmt.authorization.v2022_05_01_preview.models._models_py3.RoleDefinition'>";

Json shaped(const Json& definition) {
    Json flat = flattened(definition);
    flat["roleType"] = definition["properties"]["type"];
    Json shape = with_fields(flat, fields);
    for (const char* member : {"createdOn", "updatedOn"}) {
        const std::optional<Instant> instant = parse_utc(text_at(shape, member));
        if (instant) shape[member] = az_iso(*instant);
    }
    for (Json& permission : shape["permissions"]) permission = with_fields(permission, permission_fields);
    return shape;
}

// The same, from the model and as text.
void append(std::string& out, const rbac::RoleDefinition& role, const std::string& subscription) {
    render::TextRow row(out);
    row.texts("assignableScopes", role.assignable_scopes);
    row.member_or_null("createdBy", role.created_by);
    row.member("createdOn", az_iso(role.created_on));
    row.member("description", role.description);
    row.member("id", rbac::definition_id(subscription, role.name));
    row.member("name", role.name);
    row.rows("permissions", role.permissions.size(), [&](render::TextRow& inner, std::size_t which) {
        const rbac::Permission& permission = role.permissions[which];
        inner.texts("actions", permission.actions);
        inner.member_or_null("condition", permission.condition);
        inner.member_or_null("conditionVersion",
                             permission.condition.empty() ? "" : permission.condition_version);
        inner.texts("dataActions", permission.data_actions);
        inner.texts("notActions", permission.not_actions);
        inner.texts("notDataActions", permission.not_data_actions);
    });
    row.member("roleName", role.role_name);
    row.member("roleType", role.type);
    row.member("type", rbac::definition_type);
    row.member_or_null("updatedBy", role.updated_by);
    row.member("updatedOn", az_iso(role.updated_on));
    row.end();
}

// az asks for everything at the scope and sorts out itself, the case of names included.
void visit_wanted(app::Context& context, const std::string& name, const std::string& scope, bool custom_only,
                  const std::function<void(const rbac::RoleDefinition&)>& visit) {
    // A GUID may be a role's id as well as its name.
    const rbac::DefinitionFilter filter{is_guid(name) ? std::string() : name, ""};
    rbac::visit_role_definitions(context.session(), scope, filter, [&](const rbac::RoleDefinition& role) {
        if (!name.empty() && role.name != name && role.role_name != name) return;
        if (!custom_only || role.type == rbac::custom_role) visit(role);
    });
}

std::vector<Json> search(app::Context& context, const std::string& name, const std::string& scope,
                         bool custom_only) {
    const std::string subscription = arm::subscription_of(scope);
    std::vector<Json> found;
    visit_wanted(context, name, scope, custom_only,
                 [&](const rbac::RoleDefinition& role) { found.push_back(rbac::wire(role, subscription)); });
    return found;
}

// The definition as typed, with az's lower-casing of the first letters ("AssignableScopes").
Json definition_argument(app::Context& context) {
    const Json given = json_argument(context, context.args.text("role_definition"));
    if (!given.is_object())
        throw Error(fault::client,
                    "Invalid role definition. A valid dictionary JSON representation is expected.");
    Json definition = Json::object();
    for (const auto& [key, value] : given.items()) {
        std::string name = key;
        if (!name.empty()) name.replace(0, 1, lower(name.substr(0, 1)));
        definition[name] = value;
    }
    return definition;
}

Json put_body(const Json& definition, const std::string& role_name) {
    const auto listed = definition.find("permissions");
    const bool nested = listed != definition.end() && listed->is_array() && !listed->empty();
    const Json& source = nested ? listed->front() : definition;
    Json permission = Json::object();
    for (const char* member : {"actions", "notActions", "dataActions", "notDataActions"})
        if (source.contains(member) && !source[member].is_null()) permission[member] = source[member];
    Json properties{{"roleName", role_name}, {"type", rbac::custom_role}};
    if (!text_at(definition, "description").empty()) properties["description"] = definition["description"];
    properties["permissions"] = Json::array({permission});
    properties["assignableScopes"] = definition["assignableScopes"];
    return {{"properties", properties}};
}

bool has_scopes(const Json& definition) {
    const auto scopes = definition.find("assignableScopes");
    return scopes != definition.end() && scopes->is_array() && !scopes->empty();
}

Json put(app::Context& context, const Json& definition, const std::string& role_name,
         const std::string& guid) {
    const Json& first = definition["assignableScopes"].front();
    if (!first.is_string())
        throw Error(fault::client, "Invalid role definition. 'assignableScopes' must be a list of texts.");
    context.messages.warn(readonly_warning);
    return shaped(rbac::put_role_definition(context.session(), first.get<std::string>(), guid,
                                            put_body(definition, role_name)));
}

// The role that an update without "id" is about, by name at its assignable scopes or in the subscription.
Json role_to_update(app::Context& context, const Json& definition) {
    const std::string name = text_at(definition, "name");
    std::vector<std::string> scopes{context.subscription_scope()};
    if (has_scopes(definition)) scopes = rbac::texts_of(definition, "assignableScopes");
    for (const std::string& scope : scopes) {
        std::vector<Json> found = search(context, name, scope, false);
        if (found.size() > 1)
            throw Error(fault::client,
                        fmt::format("More than 2 definitions are found with the name of \"{}\"", name));
        if (!found.empty()) return found.front();
    }
    throw Error(fault::client, fmt::format("No definition was found with the name of \"{}\"", name));
}

}  // namespace

Json role_definition_create(app::Context& context) {
    const Json definition = definition_argument(context);
    // The output of list has the role's name in "roleName"; az reads "name" alone.
    const std::string name = text_at(definition, "name");
    if (name.empty()) throw Error(fault::client, "please provide role name");
    if (!has_scopes(definition)) throw Error(fault::client, "please provide 'assignableScopes'");
    return put(context, definition, name, new_guid(context.session().random));
}

Json role_definition_update(app::Context& context) {
    Json definition = definition_argument(context);
    const std::string id = text_at(definition, "id");
    std::string guid = id.substr(id.rfind('/') + 1);
    std::string name = text_at(definition, "roleName");
    if (id.empty()) {
        context.messages.warn("Role \"id\" is missing. Look for the role in the current subscription...");
        const Json found = role_to_update(context, definition);
        guid = text_at(found, "name");
        name = text_at(found["properties"], "roleName");
    }
    if (name.empty()) throw Error(fault::client, "please provide role name");
    if (!has_scopes(definition)) throw Error(fault::client, "please provide 'assignableScopes'");
    return put(context, definition, name, guid);
}

Json role_definition_list(app::Context& context) {
    const std::string name = context.args.text("name");
    const std::string scope = role_scope(context);
    const bool custom_only = context.args.three_state("custom_role_only").value_or(false);
    if (app::Rows::allowed(context)) {
        const std::string subscription = arm::subscription_of(scope);
        app::Rows rows(context);
        visit_wanted(context, name, scope, custom_only, [&](const rbac::RoleDefinition& role) {
            rows.add([&](std::string& out) { append(out, role, subscription); });
        });
        return rows.end();
    }
    Json list = Json::array();
    for (const Json& definition : search(context, name, scope, custom_only))
        list.push_back(shaped(definition));
    return list;
}

Json role_definition_show(app::Context& context) {
    if (context.args.given("role_id")) {
        if (context.args.given("name") || context.args.given("scope"))
            throw Error(fault::client, "Usage error: Provide --scope and --name, or --id");
        const std::string id = context.args.text("role_id");
        const std::optional<rbac::ExtensionId> parts = rbac::parse_extension_id(id, rbac::definition_type);
        if (!parts) throw Error(fault::client, fmt::format("'{}' is not the id of a role definition.", id));
        return shaped(rbac::get_role_definition(context.session(), parts->scope, parts->name));
    }
    return shaped(rbac::get_role_definition(
        context.session(), scope_from(context, context.args.text("scope")), context.args.text("name")));
}

Json role_definition_delete(app::Context& context) {
    const std::string scope = role_scope(context);
    for (const Json& definition : search(context, context.args.text("name"), scope,
                                         context.args.three_state("custom_role_only").value_or(false)))
        rbac::delete_role_definition(context.session(), scope, text_at(definition, "name"));
    return nullptr;
}

}  // namespace azid::commands
