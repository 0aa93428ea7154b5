// Network rules of a vault. azid keeps and shows them; there is no network in front of a vault.
#include "cli/commands/json_argument.hpp"
#include "cli/commands/keyvault.hpp"
#include "cli/commands/keyvault_shape.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/keyvault/vaults.hpp"
#include "core/network/address.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

namespace {

std::string subnet_id(const app::Context& context, std::string_view network, std::string_view subnet) {
    const arm::ResourceId vault = vault_id(context);
    return arm::ResourceId(context.subscription, vault.group(), "Microsoft.Network",
                           {{"virtualNetworks", std::string(network)}, {"subnets", std::string(subnet)}})
        .text();
}

// "vnet/subnet" in the vault's group, or an id; both in lower case, as az sends them.
std::string subnet_rule(const app::Context& context, const std::string& given) {
    const std::vector<std::string> pieces = split(given, '/');
    if (pieces.size() == 2) return subnet_id(context, lower(pieces[0]), lower(pieces[1]));
    if (!arm::ResourceId::parse(lower(given)))
        throw Error(
            fault::client,
            fmt::format("Invalid VNet rule: {}. Format: {{vnet_name}}/{{subnet_name}} or {{subnet_id}}",
                        given));
    return lower(given);
}

// The list named by the JSON, and behind it what the option adds that is not there yet.
std::vector<std::string> joined(const Json& json, const char* member, const std::vector<std::string>& more) {
    std::vector<std::string> all;
    if (json.is_object())
        for (const Json& item : json.value(member, Json::array()))
            if (item.is_string()) all.push_back(item.get<std::string>());
    for (const std::string& item : more)
        if (std::find(all.begin(), all.end(), item) == all.end()) all.push_back(item);
    return all;
}

// --subnet by id, or by name with --vnet-name. Empty when neither is given.
std::string subnet_given(const app::Context& context) {
    const std::string subnet = context.args.text("subnet");
    const std::string network = context.args.text("vnet_name");
    if (subnet.empty() && network.empty()) return {};
    const bool is_id = arm::ResourceId::parse(subnet).has_value();
    if (is_id && network.empty()) return subnet;
    if (!is_id && !subnet.empty() && !network.empty()) return subnet_id(context, network, subnet);
    throw Error(fault::client, "incorrect usage: [--subnet ID | --subnet NAME --vnet-name NAME]");
}

// The range of an address rule. Throws Error (fault::client) in the words of Python's ipaddress.
network::Prefix range_of(const std::string& text) {
    const std::optional<network::Prefix> range =
        network::parse_prefix(text.find('/') == std::string::npos ? text + "/32" : text);
    if (!range)
        throw Error(fault::client, fmt::format("'{}' does not appear to be an IPv4 or IPv6 network", text));
    return *range;
}

bool overlap(const network::Prefix& left, const network::Prefix& right) {
    return left.contains(right) || right.contains(left);
}

std::vector<std::string> addresses_given(const app::Context& context) {
    const std::vector<std::string> given = context.args.list("ip_address");
    for (std::size_t i = 0; i < given.size(); ++i)
        for (std::size_t j = 0; j < given.size(); ++j)
            if (i != j && overlap(range_of(given[i]), range_of(given[j])))
                throw Error(
                    fault::usage,
                    fmt::format("ip addresses {} and {} provided are overlapping: --ip_address ip1 "
                                "[ip2]...",
                                given[i].find('/') == std::string::npos ? given[i] + "/32" : given[i],
                                given[j].find('/') == std::string::npos ? given[j] + "/32" : given[j]));
    return given;
}

Json& rules_in(Json& vault, const char* list) {
    Json& acls = vault["properties"]["networkAcls"];
    if (!acls.is_object()) acls = {{"bypass", "AzureServices"}, {"defaultAction", "Allow"}};
    if (!acls[list].is_array()) acls[list] = Json::array();
    return acls[list];
}

bool add_subnet(Json& vault, const std::string& subnet) {
    Json& rules = rules_in(vault, "virtualNetworkRules");
    for (const Json& rule : rules)
        if (iequals(text_at(rule, "id"), subnet)) return false;
    rules.push_back({{"id", subnet}});
    return true;
}

bool add_address(app::Context& context, Json& vault, const std::string& address) {
    Json& rules = rules_in(vault, "ipRules");
    for (const Json& rule : rules) {
        if (!overlap(range_of(address), range_of(text_at(rule, "value")))) continue;
        context.messages.warn(
            fmt::format("IP/CIDR {} overlaps with {}, which exists already. Not adding duplicates.", address,
                        text_at(rule, "value")));
        return false;
    }
    rules.push_back({{"value", address}});
    return true;
}

// Takes the rules out that the condition names; tells whether there were any.
template <typename Condition>
bool remove_rules(Json& rules, Condition named) {
    Json kept = Json::array();
    for (const Json& rule : rules)
        if (!named(rule)) kept.push_back(rule);
    const bool changed = kept.size() != rules.size();
    rules = kept;
    return changed;
}

Json put_back(app::Context& context, const arm::ResourceId& id, const Json& vault, bool changed) {
    if (!changed) return shaped_vault(keyvault::get_vault(context.session(), id));
    const Json body{{"properties", {{"networkAcls", vault["properties"]["networkAcls"]}}}};
    const Json after = keyvault::patch_vault(context.session(), id, body);
    return context.args.flag("no_wait") ? Json(nullptr) : shaped_vault(after);
}

}  // namespace

Json network_rules_of(app::Context& context) {
    const app::Args& args = context.args;
    Json rules{{"bypass", args.value("bypass").value_or("AzureServices")},
               {"defaultAction", args.value("default_action").value_or("Allow")}};
    const bool listed =
        args.given("network_acls") || args.given("network_acls_ips") || args.given("network_acls_vnets");
    if (!listed) return rules;
    const Json json =
        args.given("network_acls") ? json_argument(context, args.text("network_acls")) : Json::object();
    rules["virtualNetworkRules"] = Json::array();
    for (const std::string& subnet : joined(json, "vnet", args.list("network_acls_vnets")))
        rules["virtualNetworkRules"].push_back({{"id", subnet_rule(context, subnet)}});
    rules["ipRules"] = Json::array();
    for (const std::string& address : joined(json, "ip", args.list("network_acls_ips")))
        rules["ipRules"].push_back({{"value", address}});
    return rules;
}

Json keyvault_network_rule_add(app::Context& context) {
    const std::vector<std::string> addresses = addresses_given(context);
    const arm::ResourceId id = vault_id(context);
    const std::string subnet = subnet_given(context);
    Json vault = keyvault::get_vault(context.session(), id);
    if (subnet.empty() && addresses.empty()) context.messages.warn("No subnet or ip address supplied.");
    bool changed = !subnet.empty() && add_subnet(vault, subnet);
    for (const std::string& address : addresses) changed = add_address(context, vault, address) || changed;
    return put_back(context, id, vault, changed);
}

Json keyvault_network_rule_remove(app::Context& context) {
    const std::vector<std::string> addresses = addresses_given(context);
    const arm::ResourceId id = vault_id(context);
    const std::string subnet = subnet_given(context);
    Json vault = keyvault::get_vault(context.session(), id);
    bool changed = false;
    if (!subnet.empty())
        changed = remove_rules(rules_in(vault, "virtualNetworkRules"),
                               [&](const Json& rule) { return iequals(text_at(rule, "id"), subnet); });
    for (const std::string& address : addresses)
        changed = remove_rules(rules_in(vault, "ipRules"),
                               [&](const Json& rule) {
                                   const network::Prefix kept = range_of(text_at(rule, "value"));
                                   const network::Prefix given = range_of(address);
                                   return kept.contains(given) && given.contains(kept);
                               }) ||
                  changed;
    return put_back(context, id, vault, changed);
}

Json keyvault_network_rule_list(app::Context& context) {
    return shaped_vault(
        keyvault::get_vault(context.session(), vault_id(context)))["properties"]["networkAcls"];
}

}  // namespace azid::commands
