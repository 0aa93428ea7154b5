#include "cli/commands/version.hpp"

#include <nlohmann/json.hpp>

namespace azid::commands {

Json version(app::Context&) {
    return {{"azid", AZID_VERSION},
            {"azure-cli", "2.74.0"},
            {"azure-cli-core", "2.74.0"},
            {"azure-cli-telemetry", "1.1.0"},
            {"extensions", Json::object()}};
}

}  // namespace azid::commands
