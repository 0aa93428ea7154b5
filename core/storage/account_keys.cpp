#include "core/storage/account_keys.hpp"

#include "core/arm/resources.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"
#include "core/storage/accounts.hpp"
#include "core/storage/faults.hpp"
#include "core/storage/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::storage {

namespace {

constexpr std::string_view key_names[] = {"key1", "key2"};
constexpr std::size_t key_size = 64;

AccountKey new_key(Session& session, const arm::Resource& account, std::string_view name) {
    return {account.id.name(), std::string(name), base64(session.random.bytes(key_size)), session.now};
}

// The account's keys, drawn when they are first asked for.
std::vector<AccountKey> ensured_keys(Session& session, const arm::Resource& account) {
    std::vector<AccountKey> keys = session.storage.account_keys(account.id.name());
    if (!keys.empty()) return keys;
    for (const std::string_view name : key_names) {
        AccountKey key = new_key(session, account, name);
        key.created = account.created;
        session.storage.save(key);
        keys.push_back(key);
    }
    return keys;
}

Json wire(const std::vector<AccountKey>& keys) {
    Json listed = Json::array();
    for (const AccountKey& key : keys)
        listed.push_back({{"creationTime", utc_ticks(key.created)},
                          {"keyName", key.name},
                          {"value", key.value},
                          {"permissions", "FULL"}});
    return {{"keys", listed}};
}

std::string holder_id(const arm::Resource& account) { return "account-key:" + account.id.key(); }

}  // namespace

Json list_keys(Session& session, const arm::ResourceId& id, const Json& /*body*/) {
    rbac::authorise(session, "Microsoft.Storage/storageAccounts/listKeys/action", id.text());
    const arm::Resource account = arm::require_resource(session, id);
    session.note("storage", "account keys listed", id.text());
    return wire(ensured_keys(session, account));
}

Json regenerate_key(Session& session, const arm::ResourceId& id, const Json& body) {
    rbac::authorise(session, "Microsoft.Storage/storageAccounts/regenerateKey/action", id.text());
    const arm::Resource account = arm::require_resource(session, id);
    const std::string name = text_at(body, "keyName");
    std::vector<AccountKey> keys = ensured_keys(session, account);
    const auto found = std::find_if(keys.begin(), keys.end(),
                                    [&](const AccountKey& key) { return iequals(key.name, name); });
    if (found == keys.end())
        throw Error(fault::bad_request, fmt::format("The account has no key of the name '{}'.", name));
    *found = new_key(session, account, found->name);
    session.storage.save(*found);
    session.note("storage", "account key renewed", id.text());
    return wire(keys);
}

Json check_account_name(Session& session, std::string_view subscription, std::string_view name) {
    rbac::authorise(session, "Microsoft.Storage/checknameavailability/read",
                    arm::subscription_scope(subscription));
    if (!is_account_name(name))
        return {{"nameAvailable", false},
                {"reason", "AccountNameInvalid"},
                {"message", account_name_refusal(name)}};
    if (session.storage.find_account(name))
        return {{"nameAvailable", false},
                {"reason", "AlreadyExists"},
                {"message", fmt::format("The storage account named {} is already taken.", name)}};
    return {{"nameAvailable", true}};
}

void check_account_key(Session& session, const arm::Resource& account, std::string_view value) {
    const Json properties = Json::parse(account.properties);
    const Json* allowed = find(properties, "allowSharedKeyAccess");
    if (allowed != nullptr && *allowed == false)
        throw Error(fault::key_authentication_not_permitted,
                    "Key based authentication is not permitted on this storage account.");
    const std::vector<AccountKey> keys = session.storage.account_keys(account.id.name());
    if (std::none_of(keys.begin(), keys.end(), [&](const AccountKey& key) { return key.value == value; }))
        throw Error(fault::blob_authentication_failed,
                    "Server failed to authenticate the request. Make sure the value of Authorization header "
                    "is formed correctly including the signature.");
}

Caller key_holder(const arm::Resource& account) {
    Caller caller;
    caller.object_id = holder_id(account);
    caller.name = "account key of " + account.id.name();
    caller.is_user = false;
    return caller;
}

bool is_key_holder(const Caller& caller, const arm::Resource& account) {
    return caller.object_id == holder_id(account);
}

}  // namespace azid::storage
