// The language stacks that App Service offers, as az 2.74 names them. azid runs none of them.
#pragma once

#include "core/base/json.hpp"

#include <optional>
#include <string_view>

namespace azid::commands {

// The members of siteConfig that choose a web app's stack: {"linuxFxVersion":"NODE|20-lts"}. The runtime is
// "framework:version" or "framework|version", compared without case. Null when it is not offered there.
Json web_runtime(std::string_view runtime, bool linux);

// A function app's stack: "siteConfig" (object) and "worker", the FUNCTIONS_WORKER_RUNTIME. An empty version
// is the stack's default one. Null when there is no such stack or version.
Json function_runtime(std::string_view runtime, std::string_view version, bool linux);
// The versions of a function app's stack, newest first; empty when there is no such stack.
std::string function_runtime_versions(std::string_view runtime, bool linux);
// All stacks there, space-separated.
std::string function_runtimes(bool linux);

}  // namespace azid::commands
