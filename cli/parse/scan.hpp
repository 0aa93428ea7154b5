// A command's arguments taken apart: each option with its values, and what belongs to none.
#pragma once

#include "cli/parse/prefixes.hpp"
#include "core/base/error.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azid::parse {

struct Occurrence {
    const spec::Option* option = nullptr;
    std::string spelling;
    std::vector<std::string> values;
};

struct Scanned {
    std::vector<Occurrence> occurrences;  // in the order written
    std::vector<std::string> extras;      // words that no option takes
    bool help = false;
    // An ambiguous prefix or a value attached to a flag, where the reading stopped (fault::usage): what is
    // wrong with the occurrences before it comes first.
    std::optional<Error> problem;
};

// Gives every option as many values as argparse would. Too few values are found later.
Scanned scan(const spec::Command& command, const Options& options, const std::vector<std::string>& arguments);

}  // namespace azid::parse
