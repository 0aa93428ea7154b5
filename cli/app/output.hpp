// A command's result on its way to stdout: az's additions, the query, the format.
#pragma once

#include "cli/spec/spec.hpp"
#include "core/base/json.hpp"

#include <optional>
#include <string>

namespace azid::app {

struct Environment;

// Thrown when the failure has been printed already: only the exit code is left.
struct AlreadyTold {
    int exit_code;
};

// Adds "resourceGroup" to every object, at any depth, whose "id" lies in a resource group and that has no
// such member (az's rule: at least nine pieces between the slashes, "sourceVault" left alone).
Json with_resource_groups(Json value);

// How a result is to be printed.
struct Printing {
    std::string format;                // empty means json
    std::optional<std::string> query;  // --query
    bool coloured = false;             // the terminal takes colours: jsonc and yamlc show them
};

// Prints; returns the exit code: 0, also when the other end of the pipe is gone. Throws Error for a query
// that fails at run time or an unknown format name from the configuration.
int print_result(const spec::Command& command, const Json& result, const Printing& printing,
                 const Environment& environment);

}  // namespace azid::app
