#include "cli/commands/resource_target.hpp"

#include "cli/commands/shape.hpp"
#include "core/arm/groups.hpp"
#include "core/arm/provider_list.hpp"
#include "core/arm/registry.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr std::string_view fields =
    "etag extendedLocation id identity kind location managedBy name plan properties sku tags type";

[[noreturn]] void refuse(const std::string& message) { throw Error(fault::client, message); }

// az checks the names in this order, the namespace last: it may stand in the type.
void require_names(const app::Args& args) {
    if (args.text("resource_group_name").empty()) refuse("--resource-group/-g is required.");
    if (args.text("resource_type").empty()) refuse("--resource-type is required");
    if (args.text("resource_name").empty()) refuse("--name/-n is required");
}

// Of the names; --parent stands between, as in "virtualNetworks/v".
ResourceTarget named(const app::Context& context) {
    const app::Args& args = context.args;
    require_names(args);
    const std::string type = whole_type(args);
    const std::size_t slash = type.find('/');
    std::string path = context.group_scope() + "/providers/" + type.substr(0, slash) + "/";
    const std::string parent = args.text("parent_resource_path");
    if (!parent.empty()) path += parent + "/";
    path += type.substr(slash + 1) + "/" + args.text("resource_name");
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(path);
    if (!id) refuse(fmt::format("invalid resource ID: {}", path));
    return {path, id, id->subscription(), id->group()};
}

ResourceTarget of_id(const std::string& text, std::string_view option) {
    if (const std::optional<arm::ResourceId> id = arm::ResourceId::parse(text))
        return {text, id, id->subscription(), id->group()};
    const std::vector<std::string> pieces = split(text, '/');
    const bool is_group = pieces.size() == 5 && pieces[0].empty() && iequals(pieces[1], "subscriptions") &&
                          iequals(pieces[3], "resourceGroups");
    if (is_group) return {text, {}, pieces[2], pieces[4]};
    if (pieces.size() == 3 && iequals(pieces[1], "subscriptions"))
        refuse("The type of value entered by --ids parameter is not supported.");
    refuse(fmt::format("az resource: error: argument {}: invalid ResourceId value: '{}'", option, text));
}

}  // namespace

std::string whole_type(const app::Args& args) {
    const std::string type = args.text("resource_type");
    const std::string provider = args.text("resource_provider_namespace");
    if (!provider.empty()) return provider + "/" + type;
    if (type.find('/') == std::string::npos) refuse("--namespace is required");
    return type;
}

std::vector<ResourceTarget> resource_targets(const app::Context& context) {
    std::vector<ResourceTarget> targets;
    for (const std::string& text : context.args.list("resource_ids")) targets.push_back(of_id(text, "--ids"));
    if (targets.empty()) targets.push_back(named(context));
    return targets;
}

ResourceTarget resource_target(const app::Context& context) {
    const std::string id = context.args.text("resource_id");
    return id.empty() ? named(context) : of_id(id, "--id");
}

const arm::ResourceType& served_type(const arm::ResourceId& id) {
    const arm::ResourceType* type = arm::find_type(id.type());
    if (type != nullptr) return *type;
    if (arm::find_provider(id.provider()) == nullptr)
        throw Error(fault::invalid_resource_namespace,
                    fmt::format("The resource namespace '{}' is invalid.", id.provider()));
    throw Error(fault::not_modelled,
                fmt::format("azid does not model resources of the type {}. 'azid provider list' tells which "
                            "it does.",
                            id.type()));
}

Json shaped_resource(const Json& body) {
    Json shown = with_fields(body, fields);
    if (shown["etag"].is_null()) shown.erase("etag");  // not of every type
    fill_nulls(shown, "sku", "capacity family model name size tier");
    fill_nulls(shown, "identity", "principalId tenantId type userAssignedIdentities");
    return shown;
}

Json shown_resource(app::Context& context, const ResourceTarget& target) {
    if (!target.id)
        return shaped_resource(arm::get_group(context.session(), target.subscription, target.group));
    const arm::ResourceType& type = served_type(*target.id);
    if (type.get == nullptr)
        throw Error(fault::method_not_allowed, "The requested resource does not support http method 'GET'.");
    const Json body = type.get(context.session(), *target.id);
    Json shown = shaped_resource(body);
    if (context.args.flag("include_response_body")) shown["responseBody"] = body;
    return shown;
}

Json single_or_all(Json results) {
    if (results.empty()) return nullptr;
    return results.size() == 1 ? results.front() : results;
}

}  // namespace azid::commands
