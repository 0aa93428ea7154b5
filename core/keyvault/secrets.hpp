// Secrets: the vault's data plane, for a caller already known. Whether the caller may is decided by the
// vault's own model: roles, or access policies.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::keyvault {

// All give and take Key Vault's JSON (times as Unix seconds) and throw Error with Key Vault's own codes and
// texts: Forbidden (ForbiddenByRbac, AccessDenied, SecretDisabled), SecretNotFound, Conflict, BadParameter. A
// vault that does not exist is a client error: its host name would not resolve.

// Sets a new version: {"value", "contentType", "tags", "attributes": {"enabled", "nbf", "exp"}}.
Json set_secret(Session& session, std::string_view vault, std::string_view name, const Json& body);
// An empty version means the newest.
Json get_secret(Session& session, std::string_view vault, std::string_view name, std::string_view version);
// Changes attributes, content type and tags of a version.
Json update_secret(Session& session, std::string_view vault, std::string_view name, std::string_view version,
                   const Json& body);
// The newest version of each, without value and with an id without version.
std::vector<Json> list_secrets(Session& session, std::string_view vault);
std::vector<Json> list_secret_versions(Session& session, std::string_view vault, std::string_view name);
// Soft-deletes all versions.
Json delete_secret(Session& session, std::string_view vault, std::string_view name);
std::vector<Json> list_deleted_secrets(Session& session, std::string_view vault);
Json get_deleted_secret(Session& session, std::string_view vault, std::string_view name);
Json recover_secret(Session& session, std::string_view vault, std::string_view name);
void purge_secret(Session& session, std::string_view vault, std::string_view name);
// All versions as one text (base64url), and the secret made of it again where there is none of its name.
std::string backup_secret(Session& session, std::string_view vault, std::string_view name);
Json restore_secret(Session& session, std::string_view vault, std::string_view sealed);

}  // namespace azid::keyvault
