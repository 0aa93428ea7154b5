// The secrets' part of the data plane's REST face: /secrets and /deletedsecrets of
// https://{vault}.vault.azure.net.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azid::keyvault {

// The answer's body for a request by a caller already known, the path taken apart: an array for a list, null
// for none. Empty when the request is none about secrets. Throws what core/keyvault/secrets.hpp throws.
std::optional<Json> answer_secrets(Session& session, const std::string& vault, const std::string& method,
                                   const std::vector<std::string>& path, const Json& body);

}  // namespace azid::keyvault
