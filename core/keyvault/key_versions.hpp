// One version of a key on its way between the store and Key Vault's JSON.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/crypto/vault_key.hpp"
#include "core/keyvault/access.hpp"
#include "core/keyvault/model.hpp"

#include <string_view>
#include <vector>

namespace azid::keyvault {

// One operation on keys, as roles and access policies know it.
constexpr Operation key_operation(std::string_view data_action, std::string_view permission) {
    return {data_action, permission, "keys"};
}

// "https://kv-one.vault.azure.net/keys/name/version".
std::string key_id(const arm::Resource& vault, const KeyVersion& version);

// The key's numbers as Key Vault shows them, without the private half.
Json key_wire(const arm::Resource& vault, const KeyVersion& version);
// In a list: attributes, tags and an id, with the version or without.
Json key_item_wire(const arm::Resource& vault, const KeyVersion& version, bool with_version);
// What a deleted key has before its other members.
Json deleted_key_wire(const arm::Resource& vault, const KeyVersion& version, const Json& rest);

// "attributes", "tags" and "key_ops" of a request. Throws Error (BadParameter) for an operation unknown.
void take_key(KeyVersion& version, const Json& body);

// One version in a backup, and back.
Json packed_key(const KeyVersion& version);
KeyVersion unpacked_key(const Json& packed);

// The live versions, newest first; a version of them, the newest for an empty text; the deleted ones. Throw
// Error (KeyNotFound) when there are none.
std::vector<KeyVersion> require_key(Session& session, const arm::Resource& vault, std::string_view name);
KeyVersion require_key_version(Session& session, const arm::Resource& vault, std::string_view name,
                               std::string_view version);
std::vector<KeyVersion> require_deleted_key(Session& session, const arm::Resource& vault,
                                            std::string_view name);
// Throws Error (Conflict) when the versions are those of a deleted key.
void refuse_deleted_key(const std::vector<KeyVersion>& versions);

// The key itself.
crypto::VaultKey opened(const KeyVersion& version);

}  // namespace azid::keyvault
