// What an option of a command is.
#pragma once

#include "cli/spec/text.hpp"

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

}  // namespace azid::spec
