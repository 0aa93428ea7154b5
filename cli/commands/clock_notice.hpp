// What clients outside will make of a state whose clock is not the machine's.
#pragma once

#include <optional>
#include <string>

namespace azid {
struct Session;
namespace app {
struct Environment;
}
}  // namespace azid

namespace azid::commands {

// A sentence or two for stderr; empty where the clocks agree within the five minutes that services forgive.
std::optional<std::string> clock_notice(const Session& session, const app::Environment& environment);

}  // namespace azid::commands
