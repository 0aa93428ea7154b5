// The values of az's newer generation of commands (aaz), whose options read their own syntax.
#pragma once

#include "cli/parse/parse.hpp"
#include "cli/parse/scan.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace azid::parse {

// For each list or tags option that was written, its values once its syntax is read: an element each, objects
// as JSON text, tags as "key=value"; the words of the others without their quotes are put into scanned.
// Empty for a command that is not of that generation. Throws Error (fault::client), as az does as soon as it
// meets a bad value.
std::map<std::string, std::vector<std::string>, std::less<>> aaz_values(const spec::Command& command,
                                                                        Scanned& scanned,
                                                                        const Outside& outside);

}  // namespace azid::parse
