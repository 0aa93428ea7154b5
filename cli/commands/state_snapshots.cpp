#include "cli/app/environment.hpp"
#include "cli/app/progress.hpp"
#include "cli/commands/state.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/base/time.hpp"
#include "core/snapshot/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace azid::commands {

namespace fs = std::filesystem;

namespace {

constexpr const char* ending = ".db";

// Beside the file itself, not beside a link to it.
std::string folder_of(const State& state) {
    std::error_code problem;
    const fs::path real = fs::canonical(state.path(), problem);
    return (problem ? state.path() : real.string()) + ".snapshots";
}

void make_folder(const std::string& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        throw Error(fault::client,
                    fmt::format("The folder '{}' cannot be made: {}.", folder, std::strerror(errno)));
}

std::string existing_snapshot(const State& state, const std::string& name) {
    const std::string path = snapshot_path(state, name);
    if (!fs::is_regular_file(path))
        throw Error(
            fault::client_not_found,
            fmt::format("There is no snapshot '{}'. 'azid state list-snapshots' shows those there are.",
                        name));
    return path;
}

// A snapshot is as old as the state's clock says; that is kept as the file's date.
void date_by_clock(const std::string& path, State& state, const app::Environment& environment) {
    KeyPool keys;
    const std::int64_t now =
        unix_seconds(state.begin_reading()->session({}, environment.now(), *environment.random, keys).now);
    const timespec times[2] = {{now, 0}, {now, 0}};
    if (::utimensat(AT_FDCWD, path.c_str(), times, 0) != 0)
        throw Error(fault::client,
                    fmt::format("The snapshot '{}' cannot be dated: {}.", path, std::strerror(errno)));
}

Json wire(const fs::path& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return nullptr;
    return {{"name", path.stem().string()},
            {"created", utc_seconds(from_unix_seconds(found.st_mtime))},
            {"bytes", static_cast<std::int64_t>(found.st_size)},
            {"path", path.string()}};
}

}  // namespace

bool is_snapshot_name(const std::string& name) {
    constexpr std::size_t longest = 64;
    return !name.empty() && name.size() <= longest &&
           std::isalnum(static_cast<unsigned char>(name[0])) != 0 && name != "current" &&
           std::all_of(name.begin(), name.end(), [](unsigned char c) {
               return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
           });
}

std::string snapshot_path(const State& state, const std::string& name) {
    if (!is_snapshot_name(name))
        throw Error(
            fault::client,
            fmt::format("'{}' cannot name a snapshot: 1 to 64 letters, digits, '-', '_' and '.', with a "
                        "letter or digit first, and not 'current'.",
                        name));
    return folder_of(state) + "/" + name + ending;
}

Json state_snapshot(app::Context& context) {
    const std::unique_ptr<State> state = opened(context);
    const std::string name = context.args.text("snapshot");
    const std::string path = snapshot_path(*state, name);
    if (fs::exists(path) && !context.args.flag("force"))
        throw Error(fault::client,
                    fmt::format("There is a snapshot '{}' already. With --force it is replaced.", name));
    make_folder(folder_of(*state));
    const app::ProgressLine line(context.environment, "Copying the state");
    state->file().copy_to(path, line.progress());
    date_by_clock(path, *state, context.environment);
    return wire(path);
}

Json state_restore(app::Context& context) {
    const std::unique_ptr<State> state = opened(context);
    const std::string path = existing_snapshot(*state, context.args.text("snapshot"));
    state->file().replace_by(path);
    return nullptr;
}

Json state_list_snapshots(app::Context& context) {
    const std::unique_ptr<State> state = opened(context);
    std::vector<fs::path> paths;
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_of(*state), problem))
        if (entry.path().extension() == ending && is_snapshot_name(entry.path().stem().string()))
            paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    Json all = Json::array();
    for (const fs::path& path : paths) all.push_back(wire(path));
    return all;
}

Json state_delete_snapshot(app::Context& context) {
    const std::unique_ptr<State> state = opened(context);
    const std::string path = existing_snapshot(*state, context.args.text("snapshot"));
    std::error_code problem;
    if (!fs::remove(path, problem) || problem)
        throw Error(fault::client, fmt::format("'{}' cannot be removed: {}.", path, problem.message()));
    return nullptr;
}

}  // namespace azid::commands
