// az's warnings about what is preview, experimental or deprecated.
#pragma once

#include "cli/parse/scan.hpp"

#include <string>
#include <vector>

namespace azid::parse {

// In az's order: what is deprecated, then what is preview, then what is experimental; options before their
// command.
std::vector<std::string> notices(const spec::Command& command, const Scanned& scanned);

}  // namespace azid::parse
