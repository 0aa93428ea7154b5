// One value of an option: its type and choices.
#pragma once

#include "cli/spec/spec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azid::parse {

// The values an option may have, "true" and "false" for three-state ones; empty when anything will do.
std::vector<std::string> choices_of(const spec::Option& option);

// The number as Python's int() or float() reads the text, in plain spelling; empty when it is none.
std::optional<std::string> plain_integer(const std::string& text);
std::optional<std::string> plain_real(const std::string& text);

// The value as its type has it; empty when it is none of that type. A date and time is taken as it is.
std::optional<std::string> plain_value(spec::ValueType type, const std::string& text);

}  // namespace azid::parse
