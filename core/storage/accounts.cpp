#include "core/storage/accounts.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"
#include "core/storage/account_keys.hpp"
#include "core/storage/ports.hpp"
#include "core/storage/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::storage {

namespace {

constexpr std::string_view type_name = "Microsoft.Storage/storageAccounts";

constexpr std::string_view skus[] = {"Standard_LRS",   "Standard_GRS",   "Standard_RAGRS", "Standard_ZRS",
                                     "Premium_LRS",    "Premium_ZRS",    "Standard_GZRS",  "Standard_RAGZRS",
                                     "StandardV2_LRS", "StandardV2_GRS", "StandardV2_ZRS", "StandardV2_GZRS",
                                     "PremiumV2_LRS",  "PremiumV2_ZRS"};
constexpr std::string_view kinds[] = {"Storage", "StorageV2", "BlobStorage", "FileStorage",
                                      "BlockBlobStorage"};

// What only Azure writes: a client's own words there are not kept.
constexpr std::string_view read_only[] = {
    "keyCreationTime",   "privateEndpointConnections", "provisioningState",
    "creationTime",      "primaryEndpoints",           "primaryLocation",
    "statusOfPrimary",   "secondaryEndpoints",         "secondaryLocation",
    "statusOfSecondary", "geoReplicationStats"};

void claim_name(Session& session, const arm::ResourceId& id) {
    if (!is_account_name(id.name()))
        throw Error(fault::invalid_account_name, account_name_refusal(id.name()));
    if (!session.storage.claim_account(id.name(), id.text()))
        throw Error(fault::storage_account_already_taken,
                    fmt::format("The storage account named {} is already taken.", id.name()));
}

// The known spelling of a sku or kind. Throws Error (BadRequest) when there is none such.
std::string known(std::span<const std::string_view> values, const std::string& asked, const char* member) {
    for (const std::string_view value : values)
        if (iequals(value, asked)) return std::string(value);
    throw Error(fault::bad_request, fmt::format("The value '{}' of '{}' is not one of {}.", asked, member,
                                                fmt::join(values, ", ")));
}

void refuse_identity(const Json& body) {
    const std::string type = text_at(body.value("identity", Json::object()), "type");
    if (!type.empty() && !iequals(type, "None"))
        throw Error(fault::not_modelled, "azid gives a storage account no managed identity of its own.");
}

Json without_read_only(Json properties) {
    for (const std::string_view name : read_only) properties.erase(std::string(name));
    return properties;
}

Json store_account(Session& session, arm::Resource account, const Json& kept, bool is_new) {
    account.properties = compact(account_properties(account, kept));
    session.arm.save(account);
    session.note("storage", is_new ? "account created" : "account updated", account.id.text());
    return account_wire(account);
}

void set_sku_and_kind(arm::Resource& account, const Json& body) {
    const Json* asked = find(body, "sku.name");
    if (asked == nullptr || !asked->is_string())
        throw Error(fault::bad_request, "The property 'sku.name' is missing in the request.");
    const std::string sku = known(skus, asked->get<std::string>(), "sku.name");
    account.sku = compact(Json{{"name", sku}, {"tier", sku.substr(0, sku.find_first_of("V_"))}});
    account.kind = known(kinds, account.kind, "kind");
}

void vanish(Session& session, const arm::Resource& account) {
    session.storage.erase_account(account.id.name());
    arm::erase(session, account);
    session.note("storage", "account deleted", account.id.text());
}

constexpr arm::ResourceAction actions[] = {{"listKeys", list_keys}, {"regenerateKey", regenerate_key}};

constexpr arm::ResourceType types[] = {{.type = type_name,
                                        .put = put_account,
                                        .patch = patch_account,
                                        .get = get_account,
                                        .remove = delete_account,
                                        .vanish = vanish,
                                        .actions = actions,
                                        .created_status = 200}};

}  // namespace

Json put_account(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, std::string(type_name) + "/write", id.text());
    refuse_identity(body);
    const std::optional<arm::Resource> before = session.arm.find_resource(id);
    arm::Resource account = arm::resource_from(session, id, body);
    set_sku_and_kind(account, body);
    if (before && before->kind != account.kind)
        throw Error(
            fault::property_change_not_allowed,
            fmt::format("Changing property 'kind' of storage account '{}' from {} to {} is not allowed.",
                        id.name(), before->kind, account.kind));
    if (!before) claim_name(session, id);
    Json kept = before ? Json::parse(before->properties) : Json::object();
    if (const Json* properties = find(body, "properties"); properties != nullptr && properties->is_object())
        kept.update(*properties);
    return store_account(session, account, without_read_only(kept), !before);
}

Json patch_account(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, std::string(type_name) + "/write", id.text());
    refuse_identity(body);
    arm::Resource account = arm::require_resource(session, id);
    Json kept = Json::parse(account.properties);
    if (const Json* properties = find(body, "properties"); properties != nullptr && properties->is_object())
        kept.update(*properties);
    if (const Json* tags = find(body, "tags")) account.tags = tags->is_null() ? "" : compact(*tags);
    const std::string kind = text_at(body, "kind");
    if (!kind.empty() && kind != account.kind && kind != "StorageV2")
        throw Error(
            fault::property_change_not_allowed,
            fmt::format("Changing property 'kind' of storage account '{}' from {} to {} is not allowed.",
                        id.name(), account.kind, kind));
    if (!kind.empty()) account.kind = kind;
    if (find(body, "sku.name") != nullptr) set_sku_and_kind(account, body);
    account.changed = session.now;
    return store_account(session, account, without_read_only(kept), false);
}

Json get_account(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, std::string(type_name) + "/read", id.text());
    return account_wire(arm::require_resource(session, id));
}

std::vector<Json> list_accounts(Session& session, std::string_view subscription, std::string_view group) {
    arm::require_subscription(session, subscription);
    if (!group.empty()) arm::require_group(session, subscription, group);
    std::vector<Json> found;
    for (const arm::Resource& account : session.arm.resources(subscription, group, type_name))
        if (rbac::may(session, std::string(type_name) + "/read", account.id.text()))
            found.push_back(account_wire(account));
    return found;
}

bool delete_account(Session& session, const arm::ResourceId& id) {
    rbac::authorise(session, std::string(type_name) + "/delete", id.text());
    const std::optional<arm::Resource> account = session.arm.find_resource(id);
    if (!account) return false;
    vanish(session, *account);
    return true;
}

std::optional<arm::ResourceId> find_account_id(Session& session, std::string_view subscription,
                                               std::string_view name) {
    const std::optional<std::string> text = session.storage.find_account(name);
    const std::optional<arm::ResourceId> id = text ? arm::ResourceId::parse(*text) : std::nullopt;
    if (!id || !iequals(id->subscription(), subscription)) return {};
    if (!rbac::may(session, std::string(type_name) + "/read", id->text())) return {};
    return id;
}

// The name becomes part of host names.
bool is_account_name(std::string_view name) {
    return name.size() >= 3 && name.size() <= 24 && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
           });
}

std::string account_name_refusal(std::string_view name) {
    return fmt::format(
        "{} is not a valid storage account name. Storage account name must be between 3 and 24 characters in "
        "length and use numbers and lower-case letters only.",
        name);
}

std::span<const arm::ResourceType> resource_types() { return types; }

}  // namespace azid::storage
