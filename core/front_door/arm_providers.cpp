// What resource providers answer beside their resources: their operations, deleted vaults, whether a name is
// free.
#include "core/arm/locations.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/odata.hpp"
#include "core/base/text.hpp"
#include "core/compute/catalog.hpp"
#include "core/front_door/arm_call.hpp"
#include "core/keyvault/retention.hpp"
#include "core/keyvault/vaults.hpp"
#include "core/msi/operations.hpp"
#include "core/rbac/authorise.hpp"
#include "core/storage/ports.hpp"
#include "core/web/sites.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::front_door {

namespace {

constexpr std::string_view wildcard = "*";  // one piece, whatever it is

// A path below "subscriptions/*/providers/" or "providers/", in lower case.
struct Route {
    std::string_view method;
    std::string_view path;
    http::Response (*answer)(const ArmCall&);
};

http::Response list_operations(const ArmCall& call) { return list_answer(call, msi::operations()); }

http::Response list_deleted_vaults(const ArmCall& call) {
    const http::Response list =
        list_answer(call, keyvault::list_deleted_vaults(call.session, call.pieces[1]));
    Json body = Json::parse(list.body);
    body["nextLink"] = nullptr;
    return json_answer(200, body);
}

// Key Vault's list says that there is more wherever it has something, and the last page is empty (recorded).
http::Response list_vaults(const ArmCall& call) {
    const bool in_group = call.word(2) == "resourcegroups";
    Json vaults = Json::array();
    for (Json& vault :
         keyvault::list_vaults(call.session, call.pieces[1], in_group ? call.pieces[3] : std::string()))
        vaults.push_back(std::move(vault));
    return json_answer(200, page_of(call, std::move(vaults), true));
}

// The vault that a path names has to be in the region that it names.
Json deleted_vault(const ArmCall& call) {
    Json vault = keyvault::get_deleted_vault(call.session, call.pieces[1], call.pieces[7]);
    if (text_at(vault["properties"], "location") != arm::normal_location(call.pieces[5]))
        throw Error(fault::deleted_vault_not_found,
                    fmt::format("The specified deleted vault '{}' does not exist.", call.pieces[7]));
    return vault;
}

http::Response get_deleted_vault(const ArmCall& call) { return json_answer(200, deleted_vault(call)); }

http::Response purge_deleted_vault(const ArmCall& call) {
    const Json vault = deleted_vault(call);
    keyvault::purge_vault(call.session, call.pieces[1], call.pieces[7]);
    return accepted_by_vaults(call, text_at(vault, "id"), text_at(vault["properties"], "location"));
}

http::Response availability(bool available, std::string_view reason, const std::string& message) {
    if (available) return json_answer(200, {{"nameAvailable", true}});
    return json_answer(200, {{"nameAvailable", false}, {"reason", reason}, {"message", message}});
}

std::string asked_name(const ArmCall& call, const char* provider) {
    rbac::authorise(call.session, std::string(provider) + "/checkNameAvailability/read",
                    arm::subscription_scope(call.pieces[1]));
    return text_at(call.body(), "name");
}

http::Response check_vault_name(const ArmCall& call) {
    const std::string name = asked_name(call, "Microsoft.KeyVault");
    return availability(
        !keyvault::known_vault(call.session, name), "AlreadyExists",
        fmt::format("The vault name '{}' is already in use. Vault names are globally unique so it is "
                    "possible that the name is already taken.",
                    name));
}

http::Response check_account_name(const ArmCall& call) {
    const std::string name = asked_name(call, "Microsoft.Storage");
    return availability(!call.session.storage.find_account(name), "AlreadyExists",
                        fmt::format("The storage account named {} is already taken.", name));
}

http::Response check_site_name(const ArmCall& call) {
    const std::string name = asked_name(call, "Microsoft.Web");
    if (!web::is_site_name(name))
        return availability(false, "Invalid", fmt::format("'{}' cannot be part of a host name.", name));
    return availability(!web::find_site_id(call.session, name), "AlreadyExists",
                        fmt::format("Hostname '{}' already exists. Please select a different name.", name));
}

// The sizes of machines, region by region: "location eq 'westeurope'" is the one filter, as in Azure.
http::Response list_skus(const ArmCall& call) {
    rbac::authorise(call.session, "Microsoft.Compute/skus/read", arm::subscription_scope(call.pieces[1]));
    const std::optional<ODataFilter> filter = filter_of(call);
    Json items = Json::array();
    for (const arm::Location& location : arm::locations()) {
        if (filter && !filter->matches({{"location", location.name}})) continue;
        for (Json& sku : compute::sku_list(location.name)) items.push_back(std::move(sku));
    }
    return json_answer(200, {{"value", std::move(items)}});
}

constexpr Route routes[] = {
    {"GET", "subscriptions/*/providers/microsoft.compute/skus", list_skus},
    {"GET", "providers/microsoft.managedidentity/operations", list_operations},
    {"GET", "subscriptions/*/providers/microsoft.keyvault/vaults", list_vaults},
    {"GET", "subscriptions/*/resourcegroups/*/providers/microsoft.keyvault/vaults", list_vaults},
    {"GET", "subscriptions/*/providers/microsoft.keyvault/deletedvaults", list_deleted_vaults},
    {"GET", "subscriptions/*/providers/microsoft.keyvault/locations/*/deletedvaults/*", get_deleted_vault},
    {"POST", "subscriptions/*/providers/microsoft.keyvault/locations/*/deletedvaults/*/purge",
     purge_deleted_vault},
    {"POST", "subscriptions/*/providers/microsoft.keyvault/checknameavailability", check_vault_name},
    {"POST", "subscriptions/*/providers/microsoft.storage/checknameavailability", check_account_name},
    {"POST", "subscriptions/*/providers/microsoft.web/checknameavailability", check_site_name},
};

bool fits(const ArmCall& call, std::string_view path) {
    const std::vector<std::string> words = split(path, '/');
    if (words.size() != call.pieces.size()) return false;
    for (size_t i = 0; i < words.size(); ++i)
        if (words[i] != wildcard && words[i] != call.word(i)) return false;
    return true;
}

}  // namespace

std::optional<http::Response> serve_providers(const ArmCall& call) {
    bool known = false;
    for (const Route& route : routes) {
        if (!fits(call, route.path)) continue;
        if (route.method == call.request.method) return route.answer(call);
        known = true;
    }
    if (known) refuse_method(call);
    return {};
}

}  // namespace azid::front_door
