// The functions of the template language that decide themselves which of their arguments to evaluate: if, and
// those that take a lambda.
#pragma once

#include "core/arm/templates/expression.hpp"
#include "core/arm/templates/frame.hpp"
#include "core/base/json.hpp"

#include <string_view>

namespace azid::arm::templates {

struct LazyFunction {
    std::string_view name;
    std::size_t fewest = 0;
    std::size_t most = 0;
    Json (*body)(Frame&, const Expression& call) = nullptr;

    // Throws Error (fault::invalid_template) for too few or too many arguments.
    Json run(Frame& frame, const Expression& call) const;
};

// By name, without case. Null when there is none.
const LazyFunction* find_lazy_function(std::string_view name);

}  // namespace azid::arm::templates
