// What secrets and keys of a vault have in common: their addresses, attributes and names, and the sealed text
// of a backup.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace azid::keyvault {

// "https://kv-one.vault.azure.net".
std::string base_url(const arm::Resource& vault);

// Days that a deleted object can be recovered, and the name that Key Vault has for it: 90 days without purge
// protection is "Recoverable+Purgeable", fewer days are "CustomizedRecoverable...". Both from the vault's
// properties.
int recoverable_days(const Json& vault_properties);
std::string recovery_level(const Json& vault_properties);

// Throws Error (BadParameter) unless the name is 1 to 127 letters, digits and hyphens.
void check_object_name(std::string_view name);

// Throws Error (Forbidden, ForbiddenByPolicy) when the vault is protected from purging.
void refuse_purge(const Json& vault_properties);

// Refuses to recover what is not deleted; kind is "Secret" or "Key".
[[noreturn]] void refuse_recovery(std::string_view kind, std::string_view name);

// Throws Error (Conflict, ObjectIsDeletedButRecoverable): the name belongs to what is deleted; kind is
// "Secret" or "Key".
[[noreturn]] void refuse_reuse(std::string_view kind, std::string_view name);

// "tags" of a request as it is kept: JSON object text, empty for none.
std::string kept_tags(const Json& tags);

struct Attributes {
    bool enabled = true;
    std::optional<Instant> not_before;
    std::optional<Instant> expires;
    Instant created;
    Instant updated;
};

// "attributes" of an answer, times as Unix seconds.
Json attributes_wire(const Attributes& attributes, const Json& vault_properties);
// Takes over what the body's "attributes" say. Throws Error (BadParameter) for a time that is no number.
void take_attributes(Attributes& attributes, const Json& body);

// A backup as Key Vault hands it out: base64url text that only a vault of the subscription it was taken in
// restores. (Azure's is encrypted; azid's merely looks unreadable.) kind is "Secret" or "Key".
std::string sealed_backup(std::string_view kind, std::string_view subscription, const Json& content);
// Throws Error (BadParameter) for a text that is no such backup, or one of another subscription.
Json opened_backup(std::string_view kind, std::string_view subscription, std::string_view sealed);

}  // namespace azid::keyvault
