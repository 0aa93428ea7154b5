// One writer per format; only render() and its neighbours call these. None of them treats null specially.
#pragma once

#include "cli/render/format.hpp"

namespace azid::render {

// json.cpp, tsv.cpp, yaml.cpp. The text may hold invalid UTF-8 where the value did, except yaml's.
std::string write_json(const Json& value);
std::string write_tsv(const Json& value, bool sort_keys);
std::string write_yaml(const Json& value);

// Appends a string of JSON.
void append_json_string(std::string& out, std::string_view text);

// The escape sequences that pygments' TerminalFormatter puts around the tokens of its JSON and YAML lexers.
std::string colour_json(std::string_view text);
std::string colour_yaml(std::string_view text);

}  // namespace azid::render
