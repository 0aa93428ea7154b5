#include "cli/commands/management_group.hpp"

#include "cli/commands/generic_update.hpp"
#include "cli/commands/shape.hpp"
#include "core/account/ports.hpp"
#include "core/arm/management_groups.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

Json shaped_children(const Json& children) {
    if (!children.is_array()) return nullptr;
    Json shown = Json::array();
    for (const Json& child : children) {
        Json one = with_fields(child, "children displayName id name type");
        one["children"] = shaped_children(one["children"]);
        shown.push_back(std::move(one));
    }
    return shown;
}

// az's typed date in place of the wire's.
Json typed_date(const Json& value) {
    const std::optional<Instant> instant =
        value.is_string() ? parse_utc(value.get<std::string>()) : std::nullopt;
    return instant ? Json(az_iso(*instant)) : value;
}

Json shaped(const Json& body) {
    Json shown = with_fields(flattened(body), "children details displayName id name tenantId type");
    shown["children"] = shaped_children(shown["children"]);
    Json details = with_fields(shown["details"],
                               "managementGroupAncestors managementGroupAncestorsChain parent path updatedBy "
                               "updatedTime version");
    if (details.is_object()) details["updatedTime"] = typed_date(details["updatedTime"]);
    shown["details"] = std::move(details);
    return shown;
}

Json shaped_subscription(const Json& body) {
    return with_fields(flattened(body), "displayName id name parent state tenant type");
}

Json shaped_settings(const Json& body) {
    return with_fields(flattened(body),
                       "defaultManagementGroup id name requireAuthorizationForGroupCreation tenantId type");
}

// A name or a whole id as an id.
Json group_id(const std::string& parent) {
    constexpr std::string_view prefix = "/providers/Microsoft.Management/managementGroups";
    return istarts_with(parent, prefix) ? parent : arm::management_group_scope(parent);
}

std::string group_name(const app::Context& context) { return context.args.text("group_name"); }

// az looks among the accounts signed in, exactly as it is written.
std::string known_subscription(app::Context& context) {
    const std::string wanted = context.args.text("subscription");
    for (const account::Profile& profile : context.session().account.profiles())
        if (profile.subscription == wanted || profile.name == wanted) return profile.subscription;
    throw Error(fault::client, "Subscription not found in the current context.");
}

Json settings_of(app::Context& context, Json instance) {
    apply_generic_update(context, instance);
    return {{"properties", std::move(instance)}};
}

Json settings_instance(const app::Args& args) {
    Json instance{{"requireAuthorizationForGroupCreation", nullptr}, {"defaultManagementGroup", nullptr}};
    if (args.given("require_authorization_for_group_creation"))
        instance["requireAuthorizationForGroupCreation"] =
            args.text("require_authorization_for_group_creation");
    if (args.given("default_management_group"))
        instance["defaultManagementGroup"] = args.text("default_management_group");
    return instance;
}

}  // namespace

Json management_group_create(app::Context& context) {
    const app::Args& args = context.args;
    Json properties = Json::object();
    if (args.given("display_name")) properties["displayName"] = args.text("display_name");
    if (args.given("parent")) properties["details"]["parent"]["id"] = group_id(args.text("parent"));
    return shaped(
        arm::put_management_group(context.session(), group_name(context),
                                  {{"name", group_name(context)}, {"properties", std::move(properties)}}));
}

Json management_group_show(app::Context& context) {
    return shaped(arm::get_management_group(context.session(), group_name(context),
                                            context.args.flag("expand"), context.args.flag("recurse")));
}

Json management_group_list(app::Context& context) {
    Json found = Json::array();
    for (const Json& group : arm::list_management_groups(context.session()))
        found.push_back(with_fields(flattened(group), "displayName id name tenantId type"));
    return found;
}

Json management_group_update(app::Context& context) {
    const app::Args& args = context.args;
    Json instance{{"displayName", nullptr}, {"parentGroupId", nullptr}};
    if (args.given("display_name")) instance["displayName"] = args.text("display_name");
    if (args.given("parent_id")) instance["parentGroupId"] = group_id(args.text("parent_id"));
    apply_generic_update(context, instance);
    return shaped(arm::patch_management_group(context.session(), group_name(context), instance));
}

Json management_group_delete(app::Context& context) {
    const std::string name = group_name(context);
    if (!arm::delete_management_group(context.session(), name)) return nullptr;
    return {{"displayName", nullptr}, {"id", arm::management_group_scope(name)},
            {"name", name},           {"status", "Succeeded"},
            {"tenantId", nullptr},    {"type", "/providers/Microsoft.Management/managementGroups"}};
}

Json management_group_check_name(app::Context& context) {
    return with_fields(arm::check_management_group_name(context.session(), group_name(context)),
                       "message nameAvailable reason");
}

Json management_group_subscription_add(app::Context& context) {
    return shaped_subscription(
        arm::put_group_subscription(context.session(), group_name(context), known_subscription(context)));
}

Json management_group_subscription_remove(app::Context& context) {
    arm::delete_group_subscription(context.session(), group_name(context), known_subscription(context));
    return nullptr;
}

Json management_group_subscription_show(app::Context& context) {
    return shaped_subscription(
        arm::get_group_subscription(context.session(), group_name(context), known_subscription(context)));
}

Json management_group_subscription_list(app::Context& context) {
    Json found = Json::array();
    for (const Json& one : arm::list_group_subscriptions(context.session(), group_name(context)))
        found.push_back(shaped_subscription(one));
    return found;
}

Json management_group_entities(app::Context& context) {
    Json found = Json::array();
    for (const Json& entity : arm::list_entities(context.session()))
        found.push_back(with_fields(
            flattened(entity),
            "displayName id inheritedPermissions name numberOfChildGroups numberOfChildren "
            "numberOfDescendants parent parentDisplayNameChain parentNameChain permissions tenantId type"));
    return found;
}

Json hierarchy_settings_create(app::Context& context) {
    return shaped_settings(arm::put_hierarchy_settings(
        context.session(), group_name(context), {{"properties", settings_instance(context.args)}}, true));
}

Json hierarchy_settings_update(app::Context& context) {
    return shaped_settings(arm::put_hierarchy_settings(context.session(), group_name(context),
                                                       settings_of(context, settings_instance(context.args)),
                                                       false));
}

Json hierarchy_settings_list(app::Context& context) {
    return {{"nextLink", nullptr},
            {"value", Json::array({shaped_settings(
                          arm::get_hierarchy_settings(context.session(), group_name(context)))})}};
}

Json hierarchy_settings_delete(app::Context& context) {
    arm::delete_hierarchy_settings(context.session(), group_name(context));
    return nullptr;
}

Json tenant_backfill(app::Context& context) { return arm::tenant_backfill_status(context.session()); }

}  // namespace azid::commands
