#include "cli/commands/tool.hpp"

#include "cli/app/environment.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace azid::commands {

namespace {

namespace fs = std::filesystem;

// ~/.local/share/azid/shim, or the like below $XDG_DATA_HOME.
fs::path shim_folder(const app::Environment& environment) {
    const std::optional<std::string> data = environment.variable("XDG_DATA_HOME");
    if (data && data->starts_with('/')) return fs::path(*data) / "azid" / "shim";
    const std::optional<std::string> home = environment.variable("HOME");
    if (!home || !home->starts_with('/'))
        throw Error(fault::client, "There is no home folder to keep the link in. Set HOME or XDG_DATA_HOME.");
    return fs::path(*home) / ".local" / "share" / "azid" / "shim";
}

[[noreturn]] void cannot_make(const fs::path& path, const std::error_code& problem) {
    throw Error(fault::client, fmt::format("Cannot make {}: {}.", path.string(), problem.message()));
}

// Makes the link, or points it here again where azid has moved. Anything else of its name stays as it is.
void link_here(const fs::path& folder) {
    std::error_code problem;
    const fs::path program = fs::read_symlink("/proc/self/exe", problem);
    if (problem) cannot_make(folder / "az", problem);
    fs::create_directories(folder, problem);
    if (problem) cannot_make(folder, problem);
    const fs::path link = folder / "az";
    const fs::file_status status = fs::symlink_status(link, problem);
    if (fs::exists(status) && !fs::is_symlink(status))
        throw Error(fault::client, fmt::format("{} is in the way: it is no link of azid's.", link.string()));
    if (fs::is_symlink(status) && fs::read_symlink(link, problem) == program) return;
    const fs::path fresh = folder / ".az.new";
    fs::remove(fresh, problem);
    fs::create_symlink(program, fresh, problem);
    if (!problem) fs::rename(fresh, link, problem);
    if (problem) cannot_make(link, problem);
}

// The text as one word of a shell.
std::string quoted(const std::string& text) { return "'" + replace_all(text, "'", "'\\''") + "'"; }

}  // namespace

Json version(app::Context&) {
    return {{"azure-cli", "2.74.0"},
            {"azure-cli-core", "2.74.0"},
            {"azure-cli-telemetry", "1.1.0"},
            {"extensions", Json::object()}};
}

Json upgrade(app::Context& context) {
    context.messages.warn(
        fmt::format("There is nothing to do: azid {} does not upgrade itself.", AZID_VERSION));
    return nullptr;
}

Json extension_nothing_to_do(app::Context& context) {
    if (context.args.given("extension_name") == context.args.given("source"))
        throw Error(fault::client, "usage error: --name NAME | --source SOURCE");
    context.messages.warn("There is nothing to do: azid takes no extensions.");
    return nullptr;
}

Json extension_list(app::Context&) { return Json::array(); }

Json extension_show(app::Context& context) {
    throw Error(fault::client,
                fmt::format("The extension {} is not installed.", context.args.text("extension_name")));
}

Json query(app::Context& context) {
    const std::string path = context.args.value("file").value_or("-");
    const std::optional<std::string> text = context.environment.read_file(path);
    if (!text) throw Error(fault::client, fmt::format("Cannot read {}.", path));
    Json value = Json::parse(*text, nullptr, false);
    if (value.is_discarded()) {
        const std::string what = path == "-" ? "What came on stdin" : path;
        throw Error(fault::client, fmt::format("{} is no JSON.", what));
    }
    return value;
}

Json shim(app::Context& context) {
    const fs::path folder = shim_folder(context.environment);
    link_here(folder);
    context.environment.write_out(fmt::format("export PATH={}:\"$PATH\"\n", quoted(folder.string())));
    return nullptr;
}

}  // namespace azid::commands
