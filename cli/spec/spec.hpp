// What a command is: plain constexpr data. The parser, --help, the man pages, the completions and the
// coverage list are all generated from these tables; nothing about a command's surface stands anywhere else.
#pragma once

#include "cli/spec/option.hpp"
#include "cli/spec/packed.hpp"
#include "cli/spec/text.hpp"
#include "core/base/json.hpp"

#include <span>
#include <string_view>

namespace azid::app {
class Args;
struct Context;
struct Messages;
}  // namespace azid::app

namespace azid::spec {

struct Example {
    Text title;
    Text line;  // begins with "azid "
};

// Gives the command's result; a null result prints nothing.
using Run = Json (*)(app::Context&);
// What az's validators ask of the arguments alone, before anybody need be signed in. Throws Error; adds
// warnings.
using Check = void (*)(const app::Args&, app::Messages&);

// Is given what Run gave once the transaction is over, and gives the result in its place: for what takes its
// time, or is asked of other programs.
using Then = Json (*)(app::Context&, Json);
// What JMESPath cannot do to the rows of a table.
using Tabulate = Json (*)(Json rows);

struct Command {
    Text name;             // "vm identity assign"
    Text summary;          // a sentence with a full stop
    Options options = {};  // packed<...> of a table
    Run run = nullptr;
    std::span<const Example> examples = {};
    Text table = {};            // JMESPath that shapes -o table when no --query is given
    Text confirm = {};          // the question asked without --yes; empty when none is asked
    Text details = {};          // more sentences for --help and the man page
    bool supports_ids = false;  // --ids stands for the options that have an id_part
    bool aaz = false;           // az's newer generation of commands, whose --ids errors differ
    bool own = false;           // azid has it, az does not
    bool stateless = false;     // needs no state file (version, query, completion scripts)
    bool anonymous = false;     // needs a state but nobody signed in (login, logout, account list)
    bool reads = false;         // changes nothing (show, list): waits for no writer
    bool raw = false;           // printed as it is: no "resourceGroup" is added (rest, token decode)
    Stage stage = Stage::stable;
    Text instead = {};  // what az recommends in place of a deprecated command: "az vm list-skus"
    Then then = nullptr;
    Tabulate tabulate = nullptr;
    Check check = nullptr;  // asked before the confirmation and before the state is opened
};

struct Group {
    Text name;  // "vm identity"
    Text summary;
    bool own = false;
    Stage stage = Stage::stable;
};

// All commands and groups, in the order of the help.
std::span<const Command* const> commands();
std::span<const Group> groups();

// The command of exactly this name, compared without case. Null when there is none.
const Command* find_command(std::string_view name);

// Whether names of commands go on from these words, compared without case: "vm", "vm identity"; those of all
// commands go on from "".
bool is_group(std::string_view words);

}  // namespace azid::spec
