#include "cli/app/environment.hpp"
#include "cli/app/progress.hpp"
#include "cli/commands/state.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/snapshot/diff.hpp"
#include "core/snapshot/document.hpp"
#include "core/snapshot/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace azid::commands {

namespace {

// More than any state that a simulator is for.
constexpr std::size_t longest_document = std::size_t{1} << 30U;

// "current", a snapshot's name, or a file's.
snapshot::Contents contents_named(State& state, const std::string& name) {
    if (name == "current") return state.file().contents();
    if (is_snapshot_name(name)) {
        const std::string path = snapshot_path(state, name);
        if (std::filesystem::is_regular_file(path)) return state.file().contents_of(path);
    }
    if (std::filesystem::is_regular_file(name)) return state.file().contents_of(name);
    throw Error(fault::client_not_found, fmt::format("'{}' is neither a snapshot nor a state file.", name));
}

Json parsed(const std::string& text, const std::string& path) {
    try {
        return parse_json(text);
    } catch (const Error&) {
        throw Error(fault::client, fmt::format("'{}' is no JSON document, or nests too deep.", path));
    }
}

}  // namespace

Json state_diff(app::Context& context) {
    const std::unique_ptr<State> state = opened(context);
    const snapshot::Contents before = contents_named(*state, context.args.text("before"));
    return snapshot::differences(before, contents_named(*state, context.args.text("after")));
}

Json state_export(app::Context& context) {
    const std::unique_ptr<State> state = opened(context);
    // As it is, in its own order: other than the results of commands, which az sorts.
    const std::string text =
        snapshot::document_of(state->file().contents()).dump(2, ' ', false, Json::error_handler_t::replace) +
        "\n";
    if (context.args.given("file"))
        context.environment.write_private_file(context.args.text("file"), text);
    else
        context.environment.write_out(text);
    return nullptr;
}

Json state_import(app::Context& context) {
    const std::string path = context.args.text("file");
    const std::optional<std::string> text = context.environment.read_file(path);
    if (!text) throw Error(fault::client, fmt::format("'{}' cannot be read.", path));
    if (text->size() > longest_document)
        throw Error(fault::client, fmt::format("'{}' is larger than a state can be.", path));
    const Json document = parsed(*text, path);
    const std::unique_ptr<State> state = opened(context);
    const snapshot::Contents wanted = snapshot::contents_of(document, state->file().contents());
    const app::ProgressLine line(context.environment, "Importing");
    state->file().replace_by(wanted, line.progress());
    return nullptr;
}

Json state_schema(app::Context& context) {
    return snapshot::schema_of(opened(context)->file().contents(false));
}

Json undo(app::Context& context) {
    const std::unique_ptr<State> state = opened(context);
    const snapshot::Undone undone = state->file().undo();
    return {{"command", undone.name},
            {"at", undone.at},
            {"changes", snapshot::differences(undone.before, undone.after)}};
}

}  // namespace azid::commands
