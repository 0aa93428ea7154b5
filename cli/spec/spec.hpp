// What a command is: plain constexpr data. The parser, --help, the man pages, the completions and the
// coverage list are all generated from these tables; nothing about a command's surface stands anywhere else.
#pragma once

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

enum class Arity : unsigned char {
    one,          // exactly one value
    single,       // the same, where az words the lack of it otherwise (nargs=1: "vm create --zone")
    optional,     // none or one ("--assign-identity" style: given without value counts as given)
    any,          // none or more
    some,         // one or more
    flag,         // takes no value
    three_state,  // true/false, no value meaning true
};

// What azid does with an option: acts on it; keeps it on the resource and shows it without other effect;
// refuses it (exit 2 and a sentence). Nothing is accepted and silently ignored.
enum class Status : unsigned char { modelled, recorded, refused };

// datetime: az's datetime_type, "2025-01-02T03:04:05Z" and shorter; the value stays as it was written.
enum class ValueType : unsigned char { text, integer, real, datetime };

// Where az stands behind a thing; other than stable it says so in a warning when the thing is used.
enum class Stage : unsigned char { stable, preview, experimental, deprecated };

struct Option {
    Text names;  // spellings in az's order: "--name -n"; without dashes: a positional
    Text key;    // az's own name of the value ("dest"); how the command function asks for it
    Text help;   // a phrase without full stop
    Arity arity = Arity::one;
    bool required = false;
    Text choices = {};     // space-separated; compared without case, normalised to this spelling
    Text fallback = {};    // the value when not given
    Text configured = {};  // "group": from configure --defaults group= or AZURE_DEFAULTS_GROUP
    Text id_part = {};     // "resource_group", "name", "child_name_1": filled from --ids
    Text completes = {};   // what a completion offers: "group", "vm", "role", "file"
    Text section = {};     // "Network" gives "Network Arguments" in the help; empty the plain one
    Status status = Status::modelled;
    Text why = {};  // of a refused option: what a user should know, a sentence
    ValueType type = ValueType::text;
    bool own = false;     // azid adds it to az: takes no part in prefix matching
    bool hidden = false;  // az takes it but leaves it out of its help
    bool append = false;  // values of a repeated option add up, where otherwise the last one wins
    Stage stage = Stage::stable;
    Text retired = {};  // of the names, those that az deprecates while others stay
    Text instead = {};  // what az recommends in place of what is deprecated
};

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

struct Command {
    Text name;     // "vm identity assign"
    Text summary;  // a sentence with a full stop
    std::span<const Option> options = {};
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
    Json (*tabulate)(Json rows) = nullptr;  // what JMESPath cannot do to the rows of table
    Check check = nullptr;                  // asked before the confirmation and before the state is opened
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

}  // namespace azid::spec
