// What az makes of ARM's deployments: its models' fields, unset ones null.
#pragma once

#include "core/base/json.hpp"

namespace azid::commands {

Json shaped_deployment(Json body);
Json shaped_validation(Json body);
Json shaped_operation(Json body);
Json shaped_what_if(const Json& answer);

}  // namespace azid::commands
