// What "--filter", "--display-name" and the like of az's directory lists come to: one OData filter.
#pragma once

#include "core/base/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::commands {

// "startswith(displayName,'text')" and the like: the format with the text put in, its quotes doubled.
std::string filter_term(std::string_view before, std::string_view text, std::string_view after);

// The objects that pass all terms, in order. Throws Error (fault::graph_bad_request) for what is no filter.
Json passing(const std::vector<Json>& objects, const std::vector<std::string>& terms);

}  // namespace azid::commands
