// Gives a template's parameters their values: those that were handed in, or the defaults, checked against
// what the template asks of them.
#pragma once

#include "core/arm/templates/frame.hpp"
#include "core/arm/templates/violation.hpp"
#include "core/base/json.hpp"

namespace azid::arm::templates {

// Fills the frame's parameters, variables and functions from the template. Given is {"name":{"value":...}}.
// Throws Error: InvalidRequestContent for members that a template does not have, InvalidTemplate for the
// rest.
void bind(Frame& frame, const Source& source, const Json& given);

// The parameters as a deployment shows them: {"name":{"type":"String","value":...}}, secrets without a value.
Json shown_parameters(const Frame& frame, const Json& document);

// A template's type as a deployment shows it: "String", "SecureString", "Int".
std::string shown_type(std::string_view type);
bool is_secret(std::string_view type);

}  // namespace azid::arm::templates
