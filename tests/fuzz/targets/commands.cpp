// A command line, one word on each line, with the markers that Box::filled_in knows. The whole program
// answers it, on a state that is taken back afterwards and with files that are in memory.
#include "cli/app/environment.hpp"
#include "cli/app/run.hpp"
#include "cli/parse/parse.hpp"
#include "core/base/error.hpp"
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/box.hpp"
#include "fuzz/worlds/rehearsal.hpp"

#include <fmt/format.h>
#include <sched.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace azid::fuzz { namespace {

constexpr std::size_t most_words = 64;

// What would wait, start programs, or reach beyond the files of the environment; their words are read all the
// same.
constexpr std::array<std::string_view, 8> read_only_words = {
    "exec", "serve",          "vm shell", "vm run-command invoke",
    "shim", "state snapshot", "generate", "state delete-snapshot"};

struct Terminal {
    std::map<std::string, std::string> files{
        {"-", "{}"},
        {"file", R"({"a":"b","location":"westeurope"})"},
        {"template.json",
         R"({"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",)"
         R"("contentVersion":"1.0.0.0","parameters":{"p":{"type":"string","defaultValue":"x"}},"resources":[],)"
         R"("outputs":{"o":{"type":"string","value":"[parameters('p')]"}}})"}};
    std::map<std::string, std::string> variables;
    std::string out;
    std::string error;
    Dice dice;
};

std::optional<std::string> find(const std::map<std::string, std::string>& in, std::string_view name) {
    const auto found = in.find(std::string(name));
    if (found == in.end()) return {};
    return found->second;
}

Rehearsal& rehearsal() {
    static Rehearsal rehearsal(Box::only());
    return rehearsal;
}

app::Environment environment_of(Terminal& terminal) {
    app::Environment environment;
    terminal.variables = {{"AZID_STATE", Box::only().state().path()}, {"HOME", "/home/nobody"}};
    environment.variable = [&](std::string_view name) { return find(terminal.variables, name); };
    environment.variables = [&] {
        return std::vector<std::pair<std::string, std::string>>(terminal.variables.begin(),
                                                                terminal.variables.end());
    };
    environment.login_name = [] { return std::string("somebody"); };
    environment.now = [] { return Box::only().now(); };
    environment.random = &terminal.dice;
    environment.make_key = [](int) { return Box::ready_key(); };
    environment.open_state = [](const std::string&) { return rehearsal().door(); };
    environment.read_file = [&](const std::string& path) { return find(terminal.files, path); };
    environment.write_file = [&](const std::string& path, std::string_view content) {
        terminal.files[path] = content;
    };
    environment.write_private_file = environment.write_file;
    environment.exists = [&](const std::string& path) { return terminal.files.contains(path); };
    environment.write_out = [&](std::string_view text) {
        terminal.out += text;
        return true;
    };
    environment.write_error = [&](std::string_view text) { terminal.error += text; };
    environment.read_line = []() -> std::optional<std::string> { return {}; };
    return environment;
}

std::vector<std::string> words_of(std::string_view bytes) {
    std::vector<std::string> words;
    for (Input input(bytes); !input.is_over() && words.size() < most_words;) {
        std::string word = Box::only().filled_in(input.line(), "https://management.azure.com/");
        word.resize(std::min(word.size(), word.find('\0')));  // no argument holds one
        words.push_back(std::move(word));
    }
    return words;
}

struct Reading {
    bool runs = true;
    bool may_leave_traces = false;  // what is refused in the end may have done something, as in az
};

// What the words are, for what the program does with them; the parser's own refusals come up again when it
// runs.
Reading reading_of(const std::vector<std::string>& words, const app::Environment& environment) {
    try {
        const parse::Parsed parsed =
            parse::parse(words, {environment.read_file, [](std::string_view) { return std::nullopt; }});
        if (parsed.command == nullptr) return {};
        const std::string_view name = parsed.command->name;
        const bool waits = name.ends_with(" wait");
        const bool leaves = waits || parsed.args.given("output_file") || parsed.args.given("endpoint") ||
                            std::any_of(read_only_words.begin(), read_only_words.end(),
                                        [&](std::string_view one) { return name.starts_with(one); });
        // A failed deployment stays; a query is laid over what has been done; several ids are several
        // commands.
        const bool traces = name.starts_with("deployment ") || name == "vm create" || parsed.globals.query ||
                            parsed.args.given("_ids") || parsed.args.given("ids");
        return {!leaves, traces};
    } catch (const Error& refusal) {
        reached(refusal.message());
        return {};
    }
}

void check(int code, const Terminal& terminal, const std::string& told) {
    require(code >= 0 && code <= 3, "the exit code is one of those that are documented",
            fmt::format("{} of {}", code, told));
    if (code != 0)
        require(!terminal.error.empty(), "who is refused is told why", fmt::format("{} of {}", code, told));
    // So it ends for a command that says it only reads, and does not.
    require(terminal.error.find("cannot be changed") == std::string::npos, "the state can be changed",
            fmt::format("{} of {}\n{}", code, told, terminal.error));
    reached(code == 0 ? told : terminal.error);
}

// Whatever it is asked, no packet leaves this process.
void leave_the_network() { static const bool once [[maybe_unused]] = ::unshare(CLONE_NEWNET) == 0; }

void take(std::string_view bytes) {
    leave_the_network();
    const std::vector<std::string> words = words_of(bytes);
    const std::string told = fmt::format("{}", fmt::join(words, " "));
    Terminal terminal;
    const app::Environment environment = environment_of(terminal);
    const Reading reading = reading_of(words, environment);
    if (!reading.runs) return;
    rehearsal().play([&] {
        const std::unique_ptr<Watch> watch = rehearsal().watch();
        const int code = app::run(words, environment);
        check(code, terminal, told);
        if (code == 0 || reading.may_leave_traces) return;
        const std::string changed = watch->changed_tables();
        // A provider that was registered for somebody stays so, whatever comes of the command, as in Azure.
        const bool registered = changed == "provider_registrations" &&
                                terminal.error.find("Registration succeeded.") != std::string::npos;
        require(changed.empty() || registered, "what is refused changes nothing",
                fmt::format("{} changed by {}\n{}", changed, told, terminal.error));
    });
}

const Registration registration({"commands", take});

}}  // namespace azid::fuzz
