#include "core/keyvault/object.hpp"

#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/keyvault/faults.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace azid::keyvault {

namespace {

std::optional<Instant> seconds_at(const Json& attributes, const char* name) {
    const Json* value = find(attributes, name);
    if (value == nullptr || value->is_null()) return {};
    if (!value->is_number_integer())
        throw Error(fault::vault_bad_parameter, fmt::format("Property {} has invalid value", name));
    return from_unix_seconds(value->get<std::int64_t>());
}

// What Azure's own backups begin with.
std::string backup_mark(std::string_view kind) {
    return fmt::format("(AzureKeyVault{}BackupV1.microsoft.com", kind);
}

}  // namespace

std::string base_url(const arm::Resource& vault) {
    return fmt::format("https://{}.vault.azure.net", lower(vault.id.name()));
}

int recoverable_days(const Json& vault_properties) {
    return vault_properties.value("softDeleteRetentionInDays", 90);
}

std::string recovery_level(const Json& vault_properties) {
    std::string level = recoverable_days(vault_properties) == 90 ? "Recoverable" : "CustomizedRecoverable";
    if (!vault_properties.value("enablePurgeProtection", false)) level += "+Purgeable";
    return level;
}

void check_object_name(std::string_view name) {
    const bool sound =
        !name.empty() && name.size() <= 127 && std::all_of(name.begin(), name.end(), [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
        });
    if (!sound)
        throw Error(fault::vault_bad_parameter,
                    fmt::format("The request URI contains an invalid name: {}", name));
}

void refuse_purge(const Json& vault_properties) {
    if (!vault_properties.value("enablePurgeProtection", false)) return;
    Error error(fault::vault_forbidden,
                "Operation \"purge\" is not allowed because purge protection is enabled for this vault.");
    throw error.with_inner_code("ForbiddenByPolicy");
}

void refuse_reuse(std::string_view kind, std::string_view name) {
    Error error(fault::vault_data_conflict,
                fmt::format("{} {} is currently in a deleted but recoverable state, and its name cannot be "
                            "reused; in this state, the {} can only be recovered or purged.",
                            kind, name, lower(kind)));
    throw error.with_inner_code("ObjectIsDeletedButRecoverable");
}

void refuse_recovery(std::string_view kind, std::string_view name) {
    Error error(fault::vault_data_method_not_allowed, fmt::format("{} exists already: {}", kind, name));
    throw error.with_inner_code("RequestNotAllowedOnNonDeletedObject");
}

std::string kept_tags(const Json& tags) { return tags.is_object() ? compact(tags) : std::string(); }

Json attributes_wire(const Attributes& attributes, const Json& vault_properties) {
    Json out;
    out["enabled"] = attributes.enabled;
    if (attributes.not_before) out["nbf"] = unix_seconds(*attributes.not_before);
    if (attributes.expires) out["exp"] = unix_seconds(*attributes.expires);
    out["created"] = unix_seconds(attributes.created);
    out["updated"] = unix_seconds(attributes.updated);
    out["recoveryLevel"] = recovery_level(vault_properties);
    out["recoverableDays"] = recoverable_days(vault_properties);
    return out;
}

void take_attributes(Attributes& attributes, const Json& body) {
    const Json* given = find(body, "attributes");
    if (given == nullptr || !given->is_object()) return;
    if (const Json* enabled = find(*given, "enabled"); enabled != nullptr && enabled->is_boolean())
        attributes.enabled = enabled->get<bool>();
    if (find(*given, "nbf") != nullptr) attributes.not_before = seconds_at(*given, "nbf");
    if (find(*given, "exp") != nullptr) attributes.expires = seconds_at(*given, "exp");
}

std::string sealed_backup(std::string_view kind, std::string_view subscription, const Json& content) {
    const Json body{{"subscription", subscription}, {"content", content}};
    return base64url(backup_mark(kind) + base64url(compact(body)));
}

Json opened_backup(std::string_view kind, std::string_view subscription, std::string_view sealed) {
    const std::string mark = backup_mark(kind);
    const std::optional<std::string> outer = from_base64(sealed);
    const std::optional<std::string> inner = outer && outer->starts_with(mark)
                                                 ? from_base64(std::string_view(*outer).substr(mark.size()))
                                                 : std::nullopt;
    const Json body = inner ? Json::parse(*inner, nullptr, false) : Json(Json::value_t::discarded);
    if (!body.is_object() || !body.contains("content"))
        throw Error(fault::vault_bad_parameter, "Backup blob is invalid or corrupt.");
    if (!iequals(text_at(body, "subscription"), subscription))
        throw Error(fault::vault_bad_parameter,
                    "A backup can only be restored to a vault of the subscription that it was taken in.");
    return body["content"];
}

}  // namespace azid::keyvault
