// A command's options as help pages, man pages and coverage lists show them: in sections, sorted.
#pragma once

#include "cli/spec/spec.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::render {

struct Section {
    std::string title;  // "Arguments", "Network Arguments", "Global Arguments"
    std::vector<const spec::Option*> options;
};

// az's order: the plain section, the others by name, "Resource Id", "Global"; in each what is required first,
// then by name. Refused options are left out.
std::vector<Section> sections_of(const spec::Command& command);

// Whether the command cannot do without the option; what --ids stands for, it can.
bool is_needed(const spec::Command& command, const spec::Option& option);

// The refused options' first spellings, in the table's order.
std::vector<std::string> refused_names(const spec::Command& command);

// The spellings, sorted: "--name -n".
std::string sorted_names(const spec::Option& option);

// The help phrase as a sentence, with choices and fallback.
std::string option_text(const spec::Option& option);

}  // namespace azid::render
