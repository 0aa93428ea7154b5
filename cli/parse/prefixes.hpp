// Which option an argument names, by the rules of Python's argparse: exact, "--name=x", "-nx", a unique
// prefix.
#pragma once

#include "cli/spec/spec.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::parse {

// One way to read an argument as an option.
struct Reading {
    const spec::Option* option = nullptr;  // null: it looks like an option, but there is none such
    std::string spelling;                  // "--name"
    std::optional<std::string> attached;   // the value written together with it
    bool with_equals = false;              // attached with "="
};

// Whether the command has an option of its own in place of this one that every command has: "-o" of those
// that draw.
bool replaces(const spec::Command& command, const spec::Option& general);

class Options {
  public:
    // The options of a command, those that every command has before its own.
    explicit Options(const spec::Command& command);

    // All in the order of az's parser.
    const std::vector<const spec::Option*>& all() const { return all_; }

    // The option of exactly this spelling; null when there is none.
    const spec::Option* exact(std::string_view spelling) const;

    // No reading: the argument is a value. More than one: an ambiguous prefix.
    std::vector<Reading> read(const std::string& argument) const;

  private:
    struct Spelling {
        std::string_view text;
        const spec::Option* option;
    };
    std::vector<Reading> long_prefix(const std::string& argument) const;
    std::vector<Reading> short_prefix(const std::string& argument) const;

    std::vector<const spec::Option*> all_;
    std::vector<Spelling> spellings_;
};

}  // namespace azid::parse
