#include "cli/commands/resource.hpp"

#include "cli/commands/shape.hpp"
#include "core/arm/locations.hpp"
#include "core/arm/registry.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr std::string_view list_fields =
    "changedTime createdTime extendedLocation id identity kind location managedBy name plan properties "
    "provisioningState sku tags type";
constexpr std::string_view show_fields =
    "extendedLocation id identity kind location managedBy name plan properties sku tags type";

Json shaped(const Json& body, std::string_view fields) {
    Json shown = with_fields(body, fields);
    fill_nulls(shown, "sku", "capacity family model name size tier");
    fill_nulls(shown, "identity", "principalId tenantId type userAssignedIdentities");
    return shown;
}

// "Microsoft.Compute/virtualMachines" of --namespace and --resource-type. Throws Error (fault::client) like
// az when neither names the namespace.
std::string whole_type(const app::Args& args) {
    const std::string type = args.text("resource_type");
    const std::string provider = args.text("resource_provider_namespace");
    if (!provider.empty()) return provider + "/" + type;
    if (type.find('/') == std::string::npos) throw Error(fault::client, "--namespace is required");
    return type;
}

bool has_tag(const Json& resource, const std::string& wanted) {
    const auto tags = resource.find("tags");
    if (tags == resource.end() || !tags->is_object()) return false;
    const size_t equals = wanted.find('=');
    const auto found = tags->find(wanted.substr(0, equals));
    return found != tags->end() && (equals == std::string::npos || *found == wanted.substr(equals + 1));
}

bool passes(const app::Args& args, const Json& resource) {
    if (args.given("name") && !iequals(text_at(resource, "name"), args.text("name"))) return false;
    if (args.given("resource_type") && !iequals(text_at(resource, "type"), whole_type(args))) return false;
    if (!args.given("resource_type") && args.given("resource_provider_namespace") &&
        !istarts_with(text_at(resource, "type"), args.text("resource_provider_namespace") + "/"))
        return false;
    if (args.given("location") &&
        arm::normal_location(text_at(resource, "location")) != arm::normal_location(args.text("location")))
        return false;
    return !args.given("tag") || args.text("tag").empty() || has_tag(resource, args.text("tag"));
}

Json shown(Session& session, const arm::ResourceId& id) {
    const arm::ResourceType* type = arm::find_type(id.type());
    const Json body =
        type != nullptr && type->get != nullptr ? type->get(session, id) : arm::get_plain(session, id);
    return shaped(body, show_fields);
}

// The id of the options' names; --parent stands between, as in "virtualNetworks/v".
arm::ResourceId named(const app::Context& context) {
    const app::Args& args = context.args;
    for (const auto& [key, option] : {std::pair{"resource_group_name", "--resource-group"},
                                      {"resource_type", "--resource-type"},
                                      {"resource_name", "--name"}})
        if (args.text(key).empty())
            throw Error(
                fault::client,
                fmt::format("usage error: --ids ID ... | --resource-group, --resource-type and --name; "
                            "{} is missing",
                            option));
    const std::string type = whole_type(args);
    const size_t slash = type.find('/');
    std::string path = context.group_scope() + "/providers/" + type.substr(0, slash) + "/";
    if (!args.text("parent_resource_path").empty()) path += args.text("parent_resource_path") + "/";
    path += type.substr(slash + 1) + "/" + args.text("resource_name");
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(path);
    if (!id) throw Error(fault::client, fmt::format("invalid resource ID: {}", path));
    return *id;
}

}  // namespace

Json resource_list(app::Context& context) {
    Json found = Json::array();
    for (const Json& resource : arm::list_resources(context.session(), context.subscription,
                                                    context.args.text("resource_group_name"), ""))
        if (passes(context.args, resource)) found.push_back(shaped(resource, list_fields));
    return found;
}

Json resource_show(app::Context& context) {
    if (!context.args.given("resource_ids")) return shown(context.session(), named(context));
    Json found = Json::array();
    for (const std::string& text : context.args.list("resource_ids")) {
        const std::optional<arm::ResourceId> id = arm::ResourceId::parse(text);
        if (!id) throw Error(fault::client, fmt::format("invalid resource ID: {}", text));
        found.push_back(shown(context.session(), *id));
    }
    return found.size() == 1 ? found.front() : found;
}

}  // namespace azid::commands
