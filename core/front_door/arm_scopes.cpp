// Tenants, subscriptions, locations, resource groups and lists of resources at the front door.
#include "core/account/sign_in.hpp"
#include "core/arm/groups.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/arm/subscriptions.hpp"
#include "core/base/odata.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/front_door/arm_call.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace azid::front_door {

namespace {

http::Response list_tenants(const ArmCall& call) {
    std::vector<Json> items;
    for (const entra::Tenant& tenant : call.session.entra.tenants())
        if (iequals(tenant.id, call.session.caller.tenant_id))
            items.push_back({{"id", "/tenants/" + tenant.id},
                             {"tenantId", tenant.id},
                             {"countryCode", "US"},
                             {"displayName", tenant.display_name},
                             {"domains", Json::array({tenant.default_domain})},
                             {"tenantCategory", "Home"},
                             {"defaultDomain", tenant.default_domain},
                             {"tenantType", "AAD"},
                             {"tenantBrandingLogoUrl", nullptr}});
    return list_answer(call, std::move(items));
}

std::vector<arm::Subscription> visible(const ArmCall& call) {
    const Caller& caller = call.session.caller;
    return account::visible_subscriptions(call.session, caller.object_id, caller.tenant_id);
}

http::Response list_subscriptions(const ArmCall& call) {
    Json items = Json::array();
    for (const arm::Subscription& subscription : visible(call))
        items.push_back(arm::subscription_wire(subscription));
    const size_t count = items.size();
    return json_answer(200, {{"value", std::move(items)}, {"count", {{"type", "Total"}, {"value", count}}}});
}

http::Response show_subscription(const ArmCall& call) {
    for (const arm::Subscription& subscription : visible(call))
        if (iequals(subscription.id, call.pieces[1]))
            return json_answer(200, arm::subscription_wire(subscription));
    rbac::authorise(call.session, "Microsoft.Resources/subscriptions/read",
                    arm::subscription_scope(call.pieces[1]));
    return json_answer(200, arm::subscription_wire(arm::require_subscription(call.session, call.pieces[1])));
}

http::Response list_locations(const ArmCall& call) {
    show_subscription(call);  // whoever sees the subscription may see where it can be used
    const std::string extended =
        lower(http::query_value(call.request, "includeExtendedLocations").value_or(""));
    return list_answer(call, arm::list_locations(call.session, call.pieces[1], extended == "true"));
}

// "tagName eq 'a' and tagValue eq 'b'" asks for members that ARM does not show: they are lent for the filter,
// once for every tag.
bool passes(const ODataFilter& filter, const Json& item) {
    Json lent = item;
    lent["resourceType"] = text_at(item, "type");
    lent["resourceGroup"] = arm::group_of(text_at(item, "id"));
    const auto tags = item.find("tags");
    if (tags == item.end() || !tags->is_object() || tags->empty()) return filter.matches(lent);
    for (const auto& [name, value] : tags->items()) {
        lent["tagName"] = name;
        lent["tagValue"] = value;
        if (filter.matches(lent)) return true;
    }
    return false;
}

http::Response tagged_answer(const ArmCall& call, std::vector<Json> items) {
    if (const std::optional<ODataFilter> filter = filter_of(call))
        std::erase_if(items, [&](const Json& item) { return !passes(*filter, item); });
    return json_answer(200, {{"value", std::move(items)}});
}

http::Response list_groups(const ArmCall& call) {
    return tagged_answer(call, arm::list_groups(call.session, call.pieces[1]));
}

http::Response list_resources(const ArmCall& call, std::string_view group) {
    std::vector<Json> items = arm::list_resources(call.session, call.pieces[1], group, "");
    const std::string expand = lower(http::query_value(call.request, "$expand").value_or(""));
    for (Json& item : items)
        for (const char* member : {"createdTime", "changedTime", "provisioningState"})
            if (expand.find(lower(member)) == std::string::npos) item.erase(member);
    return tagged_answer(call, std::move(items));
}

http::Response serve_group(const ArmCall& call) {
    const std::string& subscription = call.pieces[1];
    const std::string& name = call.pieces[3];
    const std::string& method = call.request.method;
    if (method == "GET") return json_answer(200, arm::get_group(call.session, subscription, name));
    if (method == "HEAD")
        return empty_answer(arm::group_exists(call.session, subscription, name) ? 204 : 404);
    if (method == "PATCH")
        return json_answer(200, arm::patch_group(call.session, subscription, name, call.body()));
    if (method == "DELETE") {
        arm::delete_group(call.session, subscription, name);
        return accepted_by_manager(call, arm::group_scope(subscription, name),
                                   "Microsoft.Resources/subscriptions/resourceGroups", nullptr, 200);
    }
    if (method != "PUT") refuse_method(call);
    const bool existed = call.session.arm.find_group(subscription, name).has_value();
    const Json body = arm::put_group(call.session, subscription, name, call.body());
    return json_answer(existed ? 200 : 201, body);
}

// Where the services of the cloud answer, for clients that find their way by it. Asked without a token; of
// 2019-05-01 an array of clouds, and of versions before and since the one cloud.
http::Response show_endpoints(const ArmCall& call) {
    Json cloud{{"portal", "https://portal.azure.com"},
               {"authentication",
                {{"loginEndpoint", "https://login.microsoftonline.com"},
                 {"audiences", {"https://management.core.windows.net/", "https://management.azure.com/"}},
                 {"tenant", "common"},
                 {"identityProvider", "AAD"}}},
               {"media", "https://rest.media.azure.net"},
               {"graphAudience", "https://graph.windows.net/"},
               {"graph", "https://graph.windows.net/"},
               {"graphEndpoint", "https://graph.windows.net/"},
               {"galleryEndpoint", "https://gallery.azure.com/"},
               {"gallery", "https://gallery.azure.com/"},
               {"name", "AzureCloud"},
               {"suffixes",
                {{"azureDataLakeStoreFileSystem", "azuredatalakestore.net"},
                 {"acrLoginServer", "azurecr.io"},
                 {"sqlServerHostname", "database.windows.net"},
                 {"azureDataLakeAnalyticsCatalogAndJob", "azuredatalakeanalytics.net"},
                 {"keyVaultDns", "vault.azure.net"},
                 {"storage", "core.windows.net"}}},
               {"batch", "https://batch.core.windows.net/"},
               {"resourceManager", "https://management.azure.com/"},
               {"vmImageAliasDoc",
                "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-"
                "templates/aliases.json"},
               {"activeDirectoryDataLake", "https://datalake.azure.net/"},
               {"sqlManagement", "https://management.core.windows.net:8443/"},
               {"microsoftGraphResourceId", "https://graph.microsoft.com/"}};
    const bool is_list =
        http::query_value(call.request, "api-version").value_or("").starts_with("2019-05-01");
    return json_answer(200, is_list ? Json::array({std::move(cloud)}) : cloud);
}

}  // namespace

std::optional<http::Response> serve_scopes(const ArmCall& call) {
    const size_t count = call.pieces.size();
    const std::string first = call.word(0);
    const std::string third = call.word(2);
    const bool is_list = call.request.method == "GET";
    if (first == "metadata" && call.word(1) == "endpoints" && count == 2 && is_list)
        return show_endpoints(call);
    if (first == "tenants" && count == 1 && is_list) return list_tenants(call);
    if (first != "subscriptions") return {};
    if (count == 1 && is_list) return list_subscriptions(call);
    if (count == 2 && is_list) return show_subscription(call);
    if (count == 3 && is_list && third == "locations") return list_locations(call);
    if (count == 3 && is_list && third == "resourcegroups") return list_groups(call);
    if (count == 3 && is_list && third == "resources") return list_resources(call, "");
    if (third != "resourcegroups") return {};
    if (count == 4) return serve_group(call);
    if (count == 5 && is_list && call.word(4) == "resources") return list_resources(call, call.pieces[3]);
    return {};
}

}  // namespace azid::front_door
