// The drawings of "map": hosts on the left, the principals that they use or that stand for themselves in the
// middle, scopes with the roles given there on the right. Made of the command's JSON alone.
#pragma once

#include "core/base/json.hpp"

#include <string>

namespace azid::draw {

// All end in a newline. Hosts of one kind whose identities have the same roles are drawn as one.
std::string map_svg(const Json& map);
std::string map_html(const Json& map);
std::string map_mermaid(const Json& map);

}  // namespace azid::draw
