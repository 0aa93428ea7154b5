// Functions that tell where the template is deployed, and what it was given.
#include "core/arm/groups.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resource_id.hpp"
#include "core/arm/resources.hpp"
#include "core/arm/templates/evaluate.hpp"
#include "core/arm/templates/functions.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::arm::templates {

namespace {

[[noreturn]] void refuse_here(const Call& call) {
    throw Error(fault::invalid_template,
                fmt::format("The template function '{}' is not expected at this location. Please see "
                            "https://aka.ms/arm-functions for usage details.",
                            call.name));
}

Json parameters(const Call& call) {
    const auto found = call.frame.parameters.find(call.text(0));
    if (found == call.frame.parameters.end())
        throw Error(fault::invalid_template,
                    fmt::format("The template parameter '{}' is not found. Please see "
                                "https://aka.ms/arm-syntax-parameters for usage details.",
                                call.text(0)));
    return *found->second;
}

Json variables(const Call& call) { return variable(call.frame, call.text(0)); }

// copyIndex(), copyIndex(offset), copyIndex('loop'), copyIndex('loop', offset).
Json copy_index(const Call& call) {
    const bool named = call.count() > 0 && call.at(0).is_string();
    const std::int64_t offset = call.number_or(named ? 1 : 0, 0);
    for (auto loop = call.frame.loops.rbegin(); loop != call.frame.loops.rend(); ++loop)
        if (named ? iequals(loop->name, call.text(0)) : true) return loop->index + offset;
    if (named) call.refuse(fmt::format("there is no copy loop '{}' at this location", call.text(0)));
    throw Error(
        fault::invalid_template,
        "The template function 'copyIndex' is not expected at this location. The function can only be "
        "used in a resource with copy specified. Please see https://aka.ms/arm-copy for usage "
        "details.");
}

Json resource_group(const Call& call) {
    const DeploymentPlace& place = call.frame.place;
    if (place.group.empty()) refuse_here(call);
    const Group group = require_group(call.frame.session, place.subscription, place.group);
    Json body = {{"id", group_scope(group.subscription, group.name)},
                 {"name", group.name},
                 {"type", "Microsoft.Resources/resourceGroups"},
                 {"location", group.location}};
    if (!group.managed_by.empty()) body["managedBy"] = group.managed_by;
    if (!group.tags.empty()) body["tags"] = Json::parse(group.tags);
    body["properties"] = {{"provisioningState", "Succeeded"}};
    return body;
}

Json subscription(const Call& call) {
    const Subscription found = require_subscription(call.frame.session, call.frame.place.subscription);
    return {{"id", subscription_scope(found.id)},
            {"subscriptionId", found.id},
            {"tenantId", found.tenant_id},
            {"displayName", found.name}};
}

Json tenant(const Call& call) {
    const std::string id = tenant_of(call.frame.session, call.frame.place.subscription);
    const std::optional<entra::Tenant> found = call.frame.session.entra.find_tenant(id);
    return {{"tenantId", id}, {"displayName", found ? found->display_name : ""}};
}

Json deployment(const Call& call) { return call.frame.deployment ? *call.frame.deployment : Json(nullptr); }

Json deployer(const Call& call) {
    const Caller& caller = call.frame.session.caller;
    Json body = {{"objectId", caller.object_id}, {"tenantId", caller.tenant_id}};
    body["userPrincipalName"] = caller.is_user ? caller.name : "";
    return body;
}

Json environment(const Call&) {
    return {{"name", "AzureCloud"},
            {"gallery", "https://gallery.azure.com/"},
            {"graph", "https://graph.windows.net/"},
            {"portal", "https://portal.azure.com"},
            {"graphAudience", "https://graph.windows.net/"},
            {"activeDirectoryDataLake", "https://datalake.azure.net/"},
            {"batch", "https://batch.core.windows.net/"},
            {"media", "https://rest.media.azure.net"},
            {"sqlManagement", "https://management.core.windows.net:8443/"},
            {"vmImageAliasDoc",
             "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-"
             "templates/aliases.json"},
            {"resourceManager", "https://management.azure.com/"},
            {"authentication",
             {{"loginEndpoint", "https://login.microsoftonline.com/"},
              {"audiences",
               Json::array({"https://management.core.windows.net/", "https://management.azure.com/"})},
              {"tenant", "common"},
              {"identityProvider", "AAD"}}},
            {"suffixes",
             {{"acrLoginServer", ".azurecr.io"},
              {"azureDatalakeAnalyticsCatalogAndJob", "azuredatalakeanalytics.net"},
              {"azureDatalakeStoreFileSystem", "azuredatalakestore.net"},
              {"azureFrontDoorEndpointSuffix", "azurefd.net"},
              {"keyvaultDns", ".vault.azure.net"},
              {"sqlServerHostname", ".database.windows.net"},
              {"storage", "core.windows.net"}}}};
}

// "/providers/NS/type/name/type/name" of a type and as many names, from the argument that holds the type on.
std::string provider_path(const Call& call, std::size_t at) {
    const std::vector<std::string> types = split(call.text(at), '/');
    const std::size_t names = call.count() - at - 1;
    if (types.size() != names + 1)
        call.refuse(fmt::format("the type '{}' requires '{}' resource name argument(s)", call.text(at),
                                types.size() - 1));
    std::string path = "/providers/" + types.front();
    for (std::size_t i = 0; i < names; ++i)
        path += fmt::format("/{}/{}", types[i + 1], call.text(at + 1 + i));
    return path;
}

// The argument that holds the type: the first of the leading ones with a slash in it.
std::size_t type_position(const Call& call, std::size_t most_before) {
    for (std::size_t i = 0; i <= most_before && i < call.count(); ++i)
        if (call.text(i).find('/') != std::string::npos) return i;
    std::vector<std::string> given;
    for (std::size_t i = 0; i < call.count(); ++i) given.push_back(written(call.at(i)));
    call.refuse(
        fmt::format("function requires exactly one multi-segmented argument which must be resource id "
                    "including resource provider namespace. Current function arguments '{}'",
                    join(given, ",")));
}

Json resource_id(const Call& call) {
    const std::size_t at = type_position(call, 2);
    const DeploymentPlace& place = call.frame.place;
    const std::string subscription = at == 2 ? call.text(0) : place.subscription;
    const std::string group = at > 0 ? call.text(at - 1) : place.group;
    if (place.group.empty() && at == 1 && is_guid(group))
        return subscription_scope(group) + provider_path(call, at);
    return (group.empty() ? subscription_scope(subscription) : group_scope(subscription, group)) +
           provider_path(call, at);
}

Json subscription_resource_id(const Call& call) {
    const std::size_t at = type_position(call, 1);
    return subscription_scope(at == 1 ? call.text(0) : call.frame.place.subscription) +
           provider_path(call, at);
}

Json tenant_resource_id(const Call& call) { return provider_path(call, type_position(call, 0)); }

Json management_group_resource_id(const Call& call) {
    const std::size_t at = type_position(call, 1);
    if (at == 0) call.refuse("azid needs the management group as the first parameter");
    return management_group_scope(call.text(0)) + provider_path(call, at);
}

Json extension_resource_id(const Call& call) { return call.text(0) + provider_path(call, 1); }

// Every type is offered in the three zones of every region.
Json pick_zones(const Call& call) {
    const std::int64_t count = call.number_or(3, 1);
    const std::int64_t offset = call.number_or(4, 0);
    Json zones = Json::array();
    for (std::int64_t i = offset; i < 3 && i < offset + count; ++i) zones.push_back(std::to_string(i + 1));
    return zones;
}

constexpr Function table[] = {
    {"parameters", 1, 1, parameters},
    {"variables", 1, 1, variables},
    {"copyIndex", 0, 2, copy_index},
    {"resourceGroup", 0, 0, resource_group},
    {"subscription", 0, 0, subscription},
    {"tenant", 0, 0, tenant},
    {"deployment", 0, 0, deployment},
    {"deployer", 0, 0, deployer},
    {"environment", 0, 0, environment},
    {"resourceId", 2, any_number, resource_id},
    {"subscriptionResourceId", 2, any_number, subscription_resource_id},
    {"tenantResourceId", 2, any_number, tenant_resource_id},
    {"managementGroupResourceId", 2, any_number, management_group_resource_id},
    {"extensionResourceId", 3, any_number, extension_resource_id},
    {"pickZones", 3, 5, pick_zones},
};

}  // namespace

std::span<const Function> place_functions() { return table; }

}  // namespace azid::arm::templates
