#include "core/keyvault/vaults.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/keyvault/ports.hpp"
#include "core/keyvault/retention.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace azid::keyvault {

namespace {

constexpr std::string_view type_name = "Microsoft.KeyVault/vaults";

// 3-24 letters, digits and hyphens; begins with a letter, ends with a letter or digit, no two hyphens
// together.
bool is_vault_name(std::string_view name) {
    const auto alnum = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    return name.size() >= 3 && name.size() <= 24 &&
           std::isalpha(static_cast<unsigned char>(name.front())) != 0 && alnum(name.back()) &&
           name.find("--") == std::string_view::npos &&
           std::all_of(name.begin(), name.end(), [&](char c) { return alnum(c) || c == '-'; });
}

void check_name(Session& session, const arm::ResourceId& id) {
    if (!is_vault_name(id.name()))
        throw Error(
            fault::vault_name_not_valid,
            fmt::format(
                "The vault name '{}' is invalid. A vault's name must be between 3-24 alphanumeric "
                "characters. "
                "The name must begin with a letter, end with a letter or digit, and not contain consecutive "
                "hyphens. Follow this link for more information: "
                "https://go.microsoft.com/fwlink/?linkid=2147742",
                id.name()));
    const std::optional<Vault> taken = known_vault(session, id.name());
    if (!taken) return;
    if (taken->deleted)
        throw Error(fault::vault_conflict,
                    "A vault with the same name already exists in deleted state. You need to either recover "
                    "or purge existing "
                    "key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more "
                    "information on soft "
                    "delete.");
    throw Error(
        fault::vault_already_exists,
        fmt::format(
            "The vault name '{}' is already in use. Vault names are globally unique so it is possible that "
            "the "
            "name is already taken. If you are sure that the vault name was not taken then it is possible "
            "that "
            "a vault with the same name was recently deleted but not purged after being placed in a "
            "recoverable state. If the vault is in a recoverable state then the vault will need to be purged "
            "before reusing the name. For more information about VaultName, soft delete and purging a vault "
            "follow this link https://go.microsoft.com/fwlink/?linkid=2147740.",
            id.name()));
}

Json member_or(const Json& properties, const char* name, const Json& otherwise) {
    const auto found = properties.find(name);
    return found == properties.end() || found->is_null() ? otherwise : *found;
}

// Throws Error (BadRequest) for what cannot be changed or undone.
void check_irreversible(const Json& asked, const Json& before) {
    if (member_or(asked, "enablePurgeProtection", true) == false)
        throw Error(fault::bad_request,
                    "The property \"enablePurgeProtection\" cannot be set to false. Enabling the purge "
                    "protection for a vault is an irreversible action.");
    if (member_or(asked, "enableSoftDelete", true) == false)
        throw Error(fault::bad_request,
                    "The property \"enableSoftDelete\" can be set to false only for creating new vault. "
                    "Enabling the 'soft delete' functionality is an irreversible action.");
    const Json days = member_or(before, "softDeleteRetentionInDays", nullptr);
    if (!days.is_null() && member_or(asked, "softDeleteRetentionInDays", days) != days)
        throw Error(fault::bad_request,
                    "The property \"softDeleteRetentionInDays\" has been set already and it can't be "
                    "modified.");
}

int retention_days(const Json& asked) {
    const Json days = member_or(asked, "softDeleteRetentionInDays", 90);
    const bool sound = days.is_number_integer() && days.get<int>() >= 7 && days.get<int>() <= 90;
    if (!sound)
        throw Error(fault::bad_request, fmt::format("The property \"softDeleteRetentionInDays\" must be a "
                                                    "whole number between 7 and 90, found {}.",
                                                    compact(days)));
    return days.get<int>();
}

std::string sku_name(const Json& asked) {
    const Json* sku = find(asked, "sku.name");
    const std::string name = sku != nullptr && sku->is_string() ? lower(sku->get<std::string>()) : "standard";
    if (name != "standard" && name != "premium")
        throw Error(
            fault::bad_request,
            fmt::format("The property \"sku.name\" must be \"standard\" or \"premium\", found \"{}\".",
                        name));
    return name;
}

// As Key Vault keeps them: single addresses as ranges, ids of subnets in lower case.
Json network_rules(Json rules) {
    for (const char* list : {"ipRules", "virtualNetworkRules"})
        if (!rules.contains(list) || !rules[list].is_array()) rules[list] = Json::array();
    for (Json& rule : rules["ipRules"]) {
        const std::string value = text_at(rule, "value");
        if (value.find('/') == std::string::npos) rule["value"] = value + "/32";
    }
    for (Json& rule : rules["virtualNetworkRules"]) rule["id"] = lower(text_at(rule, "id"));
    return rules;
}

// The properties that Key Vault keeps of what was asked, in the order it answers them.
Json kept_properties(Session& session, const arm::ResourceId& id, const Json& asked, const Json& before) {
    check_irreversible(asked, before);
    Json kept;
    kept["sku"] = {{"family", "A"}, {"name", sku_name(asked)}};
    kept["tenantId"] = arm::tenant_of(session, id.subscription());
    if (asked.contains("networkAcls") && asked["networkAcls"].is_object())
        kept["networkAcls"] = network_rules(asked["networkAcls"]);
    kept["accessPolicies"] = member_or(asked, "accessPolicies", Json::array());
    for (const char* flag :
         {"enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment"})
        if (asked.contains(flag) && !asked[flag].is_null()) kept[flag] = asked[flag];
    if (!kept.contains("enabledForDeployment")) kept["enabledForDeployment"] = false;
    kept["enableSoftDelete"] = true;
    kept["softDeleteRetentionInDays"] = before.contains("softDeleteRetentionInDays")
                                            ? before["softDeleteRetentionInDays"]
                                            : Json(retention_days(asked));
    kept["enableRbacAuthorization"] =
        member_or(asked, "enableRbacAuthorization", member_or(before, "enableRbacAuthorization", false));
    const bool protect = member_or(asked, "enablePurgeProtection", false) == true;
    if (protect || before.contains("enablePurgeProtection")) kept["enablePurgeProtection"] = true;
    kept["vaultUri"] = fmt::format("https://{}.vault.azure.net/", lower(id.name()));
    kept["provisioningState"] = "Succeeded";
    kept["publicNetworkAccess"] = member_or(asked, "publicNetworkAccess", "Enabled");
    return kept;
}

Json vault_wire(const arm::Resource& resource) {
    Json body = arm::wire(resource);
    Json ordered;
    for (const char* name : {"id", "name", "type", "location"}) ordered[name] = body[name];
    ordered["tags"] = body.contains("tags") ? body["tags"] : Json::object();
    ordered["systemData"] = arm::system_data(resource);
    ordered["properties"] = body["properties"];
    return ordered;
}

// Changing who decides (roles or policies) needs the right to assign roles (Key Vault's RBAC guide).
void authorise_model_change(Session& session, const arm::ResourceId& id, const Json& before,
                            const Json& after) {
    if (before.is_object() &&
        before.value("enableRbacAuthorization", false) == after.value("enableRbacAuthorization", false))
        return;
    if (before.is_object())
        rbac::authorise(session, "Microsoft.Authorization/roleAssignments/write", id.text());
}

Json store_vault(Session& session, arm::Resource resource, const Json& asked, const Json& before) {
    const Json kept = kept_properties(session, resource.id, asked, before);
    authorise_model_change(session, resource.id, before, kept);
    resource.sku.clear();
    if (resource.tags.empty()) resource.tags = "{}";  // as ARM's list of a subscription's resources has it
    resource.properties = compact(kept);
    session.arm.save(resource);
    session.keyvault.save(Vault{
        resource.id.name(), resource.id.text(), resource.id.subscription(), resource.location, {}, {}, ""});
    session.note("keyvault", before.is_object() ? "vault updated" : "vault created", resource.id.text());
    return vault_wire(resource);
}

Json recover_vault(Session& session, const arm::ResourceId& id) {
    std::optional<Vault> vault = known_vault(session, id.name());
    if (!vault || !vault->deleted || !iequals(vault->resource_id, id.text()))
        throw Error(fault::deleted_vault_not_found,
                    fmt::format("The deleted vault '{}' does not exist.", id.name()));
    const Json saved = Json::parse(vault->resource);
    arm::Resource resource = arm::resource_from(session, id, saved);
    resource.created = parse_utc(text_at(saved["systemData"], "createdAt")).value_or(session.now);
    return store_vault(session, resource, saved["properties"], nullptr);
}

void soft_delete(Session& session, const arm::Resource& resource) {
    std::optional<Vault> vault = known_vault(session, resource.id.name());
    const Json properties = Json::parse(resource.properties);
    if (vault) {
        vault->deleted = session.now;
        vault->scheduled_purge =
            session.now + std::chrono::days(properties.value("softDeleteRetentionInDays", 90));
        vault->resource = compact(vault_wire(resource));
    }
    arm::erase(session, resource);
    if (vault) session.keyvault.save(*vault);
    session.note("keyvault", "vault soft-deleted", resource.id.text());
}

Json deleted_wire(const Vault& vault) {
    const Json saved = Json::parse(vault.resource);
    Json body;
    body["id"] = fmt::format("/subscriptions/{}/providers/Microsoft.KeyVault/locations/{}/deletedVaults/{}",
                             vault.subscription, vault.location, vault.name);
    body["name"] = vault.name;
    body["type"] = "Microsoft.KeyVault/deletedVaults";
    Json properties;
    properties["vaultId"] = vault.resource_id;
    properties["location"] = vault.location;
    properties["tags"] = saved["tags"];
    properties["deletionDate"] = utc_seconds(*vault.deleted);
    properties["scheduledPurgeDate"] = utc_seconds(*vault.scheduled_purge);
    if (saved["properties"].contains("enablePurgeProtection")) properties["purgeProtectionEnabled"] = true;
    body["properties"] = properties;
    return body;
}

Vault require_deleted(Session& session, std::string_view subscription, std::string_view name) {
    const std::optional<Vault> vault = known_vault(session, name);
    if (!vault || !vault->deleted || !iequals(vault->subscription, subscription))
        throw Error(fault::deleted_vault_not_found,
                    fmt::format("The specified deleted vault '{}' does not exist.", name));
    return *vault;
}

// azid has no managed HSMs; az asks for them wherever it asks for vaults.
std::vector<Json> no_hsms(Session&, std::string_view) { return {}; }

constexpr arm::ResourceType types[] = {
    {.type = type_name,
     .put = put_vault,
     .patch = patch_vault,
     .get = get_vault,
     .remove = delete_vault,
     .vanish = soft_delete,
     .created_status = 200},
    {.type = "Microsoft.KeyVault/managedHSMs", .list_all = no_hsms},
    {.type = "Microsoft.KeyVault/deletedManagedHSMs", .list_all = no_hsms}};

}  // namespace

Json put_vault(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, std::string(type_name) + "/write", id.text());
    const Json* properties = find(body, "properties");
    const Json asked = properties == nullptr ? Json::object() : *properties;
    if (iequals(text_at(asked, "createMode"), "recover")) return recover_vault(session, id);
    const std::optional<arm::Resource> before = session.arm.find_resource(id);
    if (!before) {
        arm::require_group(session, id.subscription(), id.group());
        make_room_for_vault(session, id.name());
        check_name(session, id);
    }
    return store_vault(session, arm::resource_from(session, id, body), asked,
                       before ? Json::parse(before->properties) : Json());
}

Json patch_vault(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, std::string(type_name) + "/write", id.text());
    arm::Resource resource = arm::require_resource(session, id);
    const Json before = Json::parse(resource.properties);
    Json asked = before;
    if (const Json* properties = find(body, "properties"))
        for (const auto& [name, value] : properties->items()) asked[name] = value;
    if (const Json* tags = find(body, "tags")) resource.tags = tags->is_null() ? "" : compact(*tags);
    resource.changed = session.now;
    return store_vault(session, resource, asked, before);
}

Json get_vault(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, std::string(type_name) + "/read", id.text());
    return vault_wire(arm::require_resource(session, id));
}

std::vector<Json> list_vaults(Session& session, std::string_view subscription, std::string_view group) {
    arm::require_subscription(session, subscription);
    if (!group.empty()) arm::require_group(session, subscription, group);
    std::vector<Json> found;
    for (const arm::Resource& resource : session.arm.resources(subscription, group, type_name))
        if (rbac::may(session, std::string(type_name) + "/read", resource.id.text()))
            found.push_back(vault_wire(resource));
    return found;
}

bool delete_vault(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, std::string(type_name) + "/delete", id.text());
    const std::optional<arm::Resource> resource = session.arm.find_resource(id);
    if (!resource) return false;
    soft_delete(session, *resource);
    return true;
}

std::optional<arm::ResourceId> find_vault_id(Session& session, std::string_view subscription,
                                             std::string_view name) {
    const std::optional<Vault> vault = known_vault(session, name);
    if (!vault || vault->deleted || !iequals(vault->subscription, subscription)) return {};
    return arm::ResourceId::parse(vault->resource_id);
}

std::vector<Json> list_deleted_vaults(Session& session, std::string_view subscription) {
    rbac::authorise(session, "Microsoft.KeyVault/deletedVaults/read", arm::subscription_scope(subscription));
    std::vector<Json> found;
    for (const Vault& vault : known_vaults(session))
        if (vault.deleted && iequals(vault.subscription, subscription)) found.push_back(deleted_wire(vault));
    return found;
}

Json get_deleted_vault(Session& session, std::string_view subscription, std::string_view name) {
    rbac::authorise(session, "Microsoft.KeyVault/locations/deletedVaults/read",
                    arm::subscription_scope(subscription));
    return deleted_wire(require_deleted(session, subscription, name));
}

void purge_vault(Session& session, std::string_view subscription, std::string_view name) {
    rbac::authorise(session, "Microsoft.KeyVault/locations/deletedVaults/purge/action",
                    arm::subscription_scope(subscription));
    const Vault vault = require_deleted(session, subscription, name);
    const Json saved = Json::parse(vault.resource);
    if (saved["properties"].contains("enablePurgeProtection"))
        throw Error(
            fault::method_not_allowed,
            fmt::format("Operation 'DeletedVaultPurge' is not allowed on vault '{}': purge protection is on.",
                        name));
    session.keyvault.erase_vault(vault.name);
}

std::span<const arm::ResourceType> resource_types() { return types; }

}  // namespace azid::keyvault
