// The words that name a command, before any option.
#pragma once

#include "cli/spec/spec.hpp"

#include <string>
#include <vector>

namespace azid::parse {

struct Words {
    const spec::Command* command = nullptr;  // null: help of a group, or the version text
    std::string group;                       // whose help is wanted
    bool version_text = false;
    std::size_t used = 0;  // how many arguments the name took
};

// Throws Error for what is no command: fault::not_modelled where az has it, fault::usage otherwise.
Words resolve(const std::vector<std::string>& argv);

}  // namespace azid::parse
