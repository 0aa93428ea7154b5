// The two keys of an account, the side door past all roles: whoever may list them may do everything with its
// data. Source: Microsoft.Storage's REST reference (listKeys, regenerateKey, checkNameAvailability).
#pragma once

#include "core/arm/model.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string_view>

namespace azid::storage {

// {"keys": [{"creationTime", "keyName", "value", "permissions"}]}. Throws Error: AuthorizationFailed,
// ResourceNotFound.
Json list_keys(Session& session, const arm::ResourceId& id, const Json& body);
// Draws the key that the body's "keyName" names anew. Throws Error also for another name (BadRequest).
Json regenerate_key(Session& session, const arm::ResourceId& id, const Json& body);

// {"nameAvailable", "reason", "message"}, the last two only where it is not available.
Json check_account_name(Session& session, std::string_view subscription, std::string_view name);

// Whether the text is one of the account's keys. Throws Error (KeyBasedAuthenticationNotPermitted) when the
// account does not let keys in, (AuthenticationFailed) when the text is no key of it.
void check_account_key(Session& session, const arm::Resource& account, std::string_view value);

// Who asks with the account's key: everything is allowed in this account, nothing elsewhere.
Caller key_holder(const arm::Resource& account);
bool is_key_holder(const Caller& caller, const arm::Resource& account);

}  // namespace azid::storage
