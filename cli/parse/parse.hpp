// From argv to one command with its values, as az's parser does it. Pure: reads no state, asks nobody.
#pragma once

#include "cli/app/args.hpp"
#include "cli/spec/spec.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::parse {

// What every command takes besides its own options.
struct Globals {
    std::string output;                // as given, already checked and lower-cased; empty when not given
    std::optional<std::string> query;  // already compiled once to check it
    std::string state;                 // --state, azid's own
    bool help = false;
    bool verbose = false;
    bool debug = false;
    bool only_show_errors = false;
};

struct Parsed {
    const spec::Command* command = nullptr;  // null: help of a group or of azid itself, or the version text
    std::string group;          // the words of the group whose help is wanted; "" for azid itself
    bool version_text = false;  // "--version" or "-v" first: neither a command nor help
    app::Args args;
    Globals globals;
    std::vector<std::string>
        notices;  // az's warnings about what is preview or deprecated, to be printed first
};

// What the parser may ask of the outside: the text of "@file" ("-" is stdin; empty optional when unreadable:
// the argument is then kept literally), and configured defaults ("group" -> the value of AZURE_DEFAULTS_GROUP
// or the like).
struct Outside {
    std::function<std::optional<std::string>(const std::string& path)> file;
    std::function<std::optional<std::string>(std::string_view name)> configured_default;
};

// Throws Error (fault::usage, hint = the lines printed after it) for everything az's argument parser refuses.
Parsed parse(const std::vector<std::string>& argv, const Outside& outside);

// With --ids, one Args for each id in the order given, its parts filled in; otherwise just the one, after
// checking that the options standing for an id are all there. Warnings (ignored options) are appended to
// warnings. Throws Error (fault::client) with az's texts.
std::vector<app::Args> split_ids(const spec::Command& command, const app::Args& args,
                                 std::vector<std::string>& warnings);

}  // namespace azid::parse
