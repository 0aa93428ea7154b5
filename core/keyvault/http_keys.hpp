// The keys' part of the data plane's REST face: /keys and /deletedkeys of https://{vault}.vault.azure.net.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azid::keyvault {

// The answer's body for a request by a caller already known, the path taken apart: an array for a list, null
// for none. Empty when the request is none about keys. Throws what core/keyvault/keys.hpp throws.
std::optional<Json> answer_keys(Session& session, const std::string& vault, const std::string& method,
                                const std::vector<std::string>& path, const Json& body);

}  // namespace azid::keyvault
