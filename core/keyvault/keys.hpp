// Keys: the other half of the vault's data plane, for a caller already known. Whether the caller may is
// decided by the vault's own model: roles, or access policies. Keys are real ones; private halves never leave
// the vault except in a backup.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::keyvault {

// All give and take Key Vault's JSON (times as Unix seconds, numbers as base64url) and throw Error with Key
// Vault's own codes and texts: Forbidden (ForbiddenByRbac, AccessDenied, KeyDisabled, KeyOperationForbidden),
// KeyNotFound, Conflict, BadParameter. A vault that does not exist is a client error.

// A new key or version: {"kty", "key_size", "crv", "key_ops", "attributes", "tags"}. Throws KeyWanted for an
// RSA key while none of its size is ready.
Json create_key(Session& session, std::string_view vault, std::string_view name, const Json& body);
// {"key": a JSON Web Key with its private half, "attributes", "tags"}.
Json import_key(Session& session, std::string_view vault, std::string_view name, const Json& body);
// A new version like the newest one.
Json rotate_key(Session& session, std::string_view vault, std::string_view name);
// An empty version means the newest. A disabled key can be looked at.
Json get_key(Session& session, std::string_view vault, std::string_view name, std::string_view version);
// Changes "key_ops", "attributes" and "tags" of a version.
Json update_key(Session& session, std::string_view vault, std::string_view name, std::string_view version,
                const Json& body);
// The newest version of each, with an id without version and without the key itself.
std::vector<Json> list_keys(Session& session, std::string_view vault);
std::vector<Json> list_key_versions(Session& session, std::string_view vault, std::string_view name);

// Soft-deletes all versions.
Json delete_key(Session& session, std::string_view vault, std::string_view name);
std::vector<Json> list_deleted_keys(Session& session, std::string_view vault);
Json get_deleted_key(Session& session, std::string_view vault, std::string_view name);
Json recover_key(Session& session, std::string_view vault, std::string_view name);
void purge_key(Session& session, std::string_view vault, std::string_view name);

// All versions as one text (base64url), and the key made of it again where there is none of its name.
std::string backup_key(Session& session, std::string_view vault, std::string_view name);
Json restore_key(Session& session, std::string_view vault, std::string_view sealed);

// When the key is to be rotated; kept and shown, nothing rotates by itself.
Json get_rotation_policy(Session& session, std::string_view vault, std::string_view name);
Json set_rotation_policy(Session& session, std::string_view vault, std::string_view name, const Json& body);

// What a key is used for.
enum class Use { encrypt, decrypt, wrap, unwrap, sign, verify };

// {"alg", "value"}, to verify {"alg", "digest", "value"}: gives {"kid", "value"}, to verify {"value": true or
// false}. An expired or not yet valid key still decrypts, unwraps and verifies.
Json use_key(Session& session, std::string_view vault, std::string_view name, std::string_view version,
             Use use, const Json& body);

}  // namespace azid::keyvault
