#include "core/snapshot/words.hpp"

#include "core/base/short_text.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace azid::snapshot {

namespace {

// Columns stand in braces; a part in brackets is left out where its column is NULL.
struct Words {
    ShortText<32> table;
    ShortText<80> type;
    ShortText<120> id;
    ShortText<24> name = {};
};

constexpr Words all_words[] = {
    {"tenants", "tenant", "{id}", "{default_domain}"},
    {"users", "user", "{id}", "{user_principal_name}"},
    {"groups", "group", "{id}", "{display_name}"},
    {"group_members", "group member", "{group_id}/members/{member_id}"},
    {"service_principals", "servicePrincipal", "{id}", "{display_name}"},
    {"service_principal_names", "servicePrincipalName",
     "{service_principal_id}/servicePrincipalNames/{position}", "{name}"},
    {"applications", "application", "{id}", "{display_name}"},
    {"client_secrets", "passwordCredential", "{owner_id}/passwordCredentials/{key_id}", "{display_name}"},
    {"key_credentials", "keyCredential", "{owner_id}/keyCredentials/{key_id}", "{display_name}"},
    {"certificates", "keyCredential", "{principal_id}/keyCredentials/{key_id}"},
    {"directory_role_assignments", "directory role assignment", "{id}"},
    {"deleted_objects", "deletedItem", "{type}/{id}"},
    {"app_role_assignments", "appRoleAssignment", "{id}", "{app_role_value}"},
    {"owners", "owner", "{object_id}/owners/{owner_id}"},
    {"permission_grants", "oauth2PermissionGrant", "{id}", "{scope}"},
    {"federated_identities", "federatedIdentityCredential",
     "{application_id}/federatedIdentityCredentials/{name}"},
    {"federated_credentials", "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
     "{identity_id}/federatedIdentityCredentials/{name}"},
    {"token_signing_keys", "token signing key", "{kid}"},
    {"trusted_issuers", "trusted issuer", "{issuer}"},
    {"imds_tokens", "token kept by IMDS", "{host_id}/{principal_id}/{resource}"},
    {"management_groups", "Microsoft.Management/managementGroups",
     "/providers/Microsoft.Management/managementGroups/{name}", "{display_name}"},
    {"management_group_settings", "Microsoft.Management/managementGroups/settings",
     "/providers/Microsoft.Management/managementGroups/{tenant_id}/settings/default"},
    {"subscriptions", "Microsoft.Resources/subscriptions", "/subscriptions/{id}", "{name}"},
    {"resource_groups", "Microsoft.Resources/resourceGroups",
     "/subscriptions/{subscription_id}/resourceGroups/{name}"},
    {"resources", "{type}", "{id}"},
    {"virtual_machines", "Microsoft.Compute/virtualMachines", "{resource_id}"},
    {"identity_assignments", "identity of a resource", "{host_id}/userAssignedIdentities{identity_id}"},
    {"locks", "Microsoft.Authorization/locks", "{id}"},
    {"deployments", "Microsoft.Resources/deployments",
     "/subscriptions/{subscription_id}[/resourceGroups/{resource_group}]/providers/Microsoft.Resources/"
     "deployments/{name}"},
    {"tag_names", "tagName", "/subscriptions/{subscription_id}/tagNames/{name}"},
    {"tag_values", "tagValue", "/subscriptions/{subscription_id}/tagNames/{name}/tagValues/{value}"},
    {"provider_registrations", "resource provider", "/subscriptions/{subscription_id}/providers/{provider}"},
    {"role_definitions", "Microsoft.Authorization/roleDefinitions",
     "/providers/Microsoft.Authorization/roleDefinitions/{name}", "{role_name}"},
    {"role_assignments", "Microsoft.Authorization/roleAssignments",
     "{scope}/providers/Microsoft.Authorization/roleAssignments/{name}"},
    {"deny_assignments", "Microsoft.Authorization/denyAssignments",
     "{scope}/providers/Microsoft.Authorization/denyAssignments/{name}", "{display_name}"},
    {"vaults", "vault", "https://{name}.vault.azure.net"},
    {"secrets", "secret", "https://{vault}.vault.azure.net/secrets/{name}/{version}"},
    {"vault_keys", "key", "https://{vault}.vault.azure.net/keys/{name}/{version}"},
    {"key_rotation_policies", "key rotation policy",
     "https://{vault}.vault.azure.net/keys/{name}/rotationpolicy"},
    {"storage_accounts", "storage account", "https://{name}.blob.core.windows.net"},
    {"storage_account_keys", "storage account key", "https://{account}.blob.core.windows.net/{name}"},
    {"blob_containers", "container", "https://{account}.blob.core.windows.net/{name}"},
    {"blobs", "blob", "https://{account}.blob.core.windows.net/{container}/{name}"},
    {"signed_in_accounts", "signed-in account", "/subscriptions/{subscription_id}/{principal_id}",
     "{user_name}"},
    {"settings", "setting", "{section}.{name}"},
    {"own_settings", "azid setting", "{name}"},
    {"clock", "clock", "clock"},
    {"tls_authority", "certificate authority", "tls"},
};

constexpr std::array<std::string_view, 4> history = {"journal", "activity_log", "seed", "operations"};

struct SecretColumn {
    std::string_view table;  // empty: wherever the column is
    std::string_view column;
};
constexpr SecretColumn secret_columns[] = {
    {"", "private_key"},
    {"", "hash"},
    {"", "access_token"},
    {"secrets", "value"},
    {"tls_authority", "key"},
    {"", "content"},
    {"storage_account_keys", "value"},
};

constexpr std::array<std::string_view, 11> secret_words = {
    "password",   "secret",      "customdata", "connectionstring", "protectedsettings", "accesskey",
    "accountkey", "appsettings", "sasuri",     "sastoken",         "privatekey"};

constexpr std::array<std::string_view, 23> documents = {"answer",
                                                        "app_roles",
                                                        "assignable_scopes",
                                                        "details",
                                                        "exclude_principals",
                                                        "headers",
                                                        "identifier_uris",
                                                        "keys",
                                                        "metadata",
                                                        "operations",
                                                        "owners",
                                                        "permissions",
                                                        "plan",
                                                        "policy",
                                                        "principals",
                                                        "properties",
                                                        "resource",
                                                        "settings",
                                                        "sku",
                                                        "steps",
                                                        "system_data",
                                                        "tags",
                                                        "zones"};

constexpr std::array<std::string_view, 14> dates = {
    "added",   "at",        "changed",    "created",         "deleted",   "end",     "ends",
    "expires", "not_after", "not_before", "scheduled_purge", "stands_at", "started", "updated"};

template <typename List>
bool has(const List& list, std::string_view one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

std::string text_of(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    return "";
}

std::string value_in(const Table& table, const Row& row, std::string_view column) {
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i].name == column) return text_of(row[i]);
    return "";
}

std::string filled(std::string_view pattern, const Table& table, const Row& row) {
    std::string out;
    std::size_t bracket = std::string::npos;
    bool missing = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '[') {
            bracket = out.size();
            missing = false;
        } else if (pattern[i] == ']') {
            if (missing) out.resize(bracket);
        } else if (pattern[i] == '{') {
            const std::size_t end = pattern.find('}', i);
            const std::string value = value_in(table, row, pattern.substr(i + 1, end - i - 1));
            missing = missing || value.empty();
            out += value;
            i = end;
        } else {
            out += pattern[i];
        }
    }
    return out;
}

std::string key_of(const Table& table, const Row& row) {
    std::vector<std::pair<int, std::string>> parts;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i].key > 0) parts.emplace_back(table.columns[i].key, text_of(row[i]));
    std::sort(parts.begin(), parts.end());
    std::vector<std::string> texts;
    for (const auto& [place, text] : parts) texts.push_back(text);
    return join(texts, "/");
}

}  // namespace

Thing thing_of(const Table& table, const Row& row) {
    for (const Words& words : all_words)
        if (words.table == table.name)
            return {filled(words.type, table, row), filled(words.id, table, row),
                    filled(words.name, table, row)};
    return {replace_all(table.name, "_", " "), key_of(table, row), ""};
}

bool is_history(std::string_view table) { return has(history, table); }

bool is_secret(std::string_view table, std::string_view column) {
    return std::any_of(std::begin(secret_columns), std::end(secret_columns), [&](const SecretColumn& known) {
        return known.column == column && (known.table.empty() || known.table == table);
    });
}

bool is_secret_member(std::string_view name) {
    const std::string lowered = lower(name);
    return std::any_of(secret_words.begin(), secret_words.end(),
                       [&](std::string_view word) { return lowered.find(word) != std::string::npos; });
}

bool is_document(std::string_view column) { return has(documents, column); }

bool is_date(std::string_view column) { return has(dates, column); }

std::string member_name(std::string_view column) {
    std::string name;
    bool upper = false;
    for (const char c : column) {
        if (c != '_') name += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        upper = c == '_';
    }
    return name;
}

}  // namespace azid::snapshot
