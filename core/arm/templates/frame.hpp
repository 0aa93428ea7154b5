// What the expressions of one template can see.
#pragma once

#include "core/arm/deployment_place.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/base/text.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace azid::arm::templates {

using Value = std::shared_ptr<const Json>;
using Values = std::map<std::string, Value, ILess>;

// One turn of a copy loop; a nameless one is that of the resource itself, seen from copyIndex().
struct Loop {
    std::string name;
    std::int64_t index = 0;
};

// What one template may still use: whoever sends it decides what is evaluated how often, and it must cost
// neither the machine's memory nor its stack. Far beyond what Resource Manager itself takes.
struct Budget {
    std::int64_t left = 1'000'000;  // values made, and every 16 bytes of text
    int depth = 0;                  // of evaluations within each other
};

struct Frame {
    Session& session;
    DeploymentPlace place;
    Values parameters = {};
    Values variables = {};  // as the template has them, with expressions
    Values functions = {};  // of the template's own, by "namespace.name"
    // The ids of the template's resources, by name and by symbolic name.
    std::map<std::string, std::string, ILess> resources = {};
    std::vector<Loop> loops = {};  // the innermost last
    Value deployment = {};         // what deployment() gives
    bool in_default = false;       // in a parameter's default value: newGuid() and utcNow() are allowed
    bool in_run = false;           // resources are being made: reference() and list...() are allowed
    Values evaluated = {};         // the variables that were asked for
    std::vector<std::string> evaluating = {};  // the variables being evaluated, to find circles
    Values lambda = {};                        // what lambdaVariables() gives
    std::shared_ptr<Budget> budget = std::make_shared<Budget>();  // shared with frames made for functions
};

}  // namespace azid::arm::templates
