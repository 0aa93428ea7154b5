// What template expressions mean. All of it throws Error (fault::invalid_template) in Resource Manager's
// words; functions that ask about resources throw what the resource's service throws.
#pragma once

#include "core/arm/templates/expression.hpp"
#include "core/arm/templates/frame.hpp"
#include "core/base/json.hpp"

#include <string>
#include <string_view>

namespace azid::arm::templates {

Json evaluate(Frame& frame, const Expression& expression);

// The value with every expression in it replaced by what it gives; members called "copy" that make a list of
// properties are carried out. While no resources are made yet (Frame::in_run), texts that ask about resources
// stay as they are.
Json resolved(Frame& frame, const Json& value);

// The same of a place where asking about resources is not allowed, such as a resource's name.
Json resolved_at_once(Frame& frame, const Json& value);

// A variable by name. Throws where there is none.
Json variable(Frame& frame, std::string_view name);

// Whether any expression in the value asks about resources.
bool asks(const Json& value);

// Reads every expression in the value and checks that its functions exist: those of the language and those of
// the template's own.
void check_expressions(const Frame& frame, const Json& value);

}  // namespace azid::arm::templates
