// The keys that the token service signs access tokens with, and their publication.
#pragma once

#include "core/base/json.hpp"
#include "core/entra/model.hpp"

#include <optional>
#include <string_view>

namespace azid {
struct Session;
}

namespace azid::entra {

class Store;

// The tenant's newest signing key. Makes one where there is none yet: throws KeyWanted when the pool has no
// key ready.
SigningKey ensure_signing_key(Session& session, std::string_view tenant);

// The key of that id among the tenant's. Empty when there is none.
std::optional<SigningKey> find_signing_key(Store& store, std::string_view tenant, std::string_view kid);

// The JSON Web Key Set of /discovery/v2.0/keys, newest key first; the older endpoint's has no "issuer"
// members.
Json json_web_key_set(Store& store, std::string_view tenant, bool v2);

}  // namespace azid::entra
