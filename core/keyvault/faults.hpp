// Rows of the error table for Key Vault's data plane: code, HTTP status, exit code. Source:
// recorded answers and Key Vault's error reference.
#pragma once

#include "core/base/error.hpp"

namespace azid::fault {

inline constexpr Fault key_not_found{"KeyNotFound", 404, 3, Surface::keyvault};
inline constexpr Fault vault_data_method_not_allowed{"MethodNotAllowed", 400, 1, Surface::keyvault};

}  // namespace azid::fault
