// The bytes that az prints for a result, in each of its output formats. Knows nothing of commands, queries or
// terminals. The facts are those of az's own formatters (knack), PyYAML, tabulate and pygments.
#pragma once

#include "core/base/json.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace azid::render {

enum class Format { json, jsonc, yaml, yamlc, table, tsv, none };

struct Style {
    // Colours for jsonc and yamlc: az asks that stdout and stderr are both terminals and that no_color is not
    // set.
    bool colour = false;
    // False after --query and for rows that a table expression made: tsv and table then keep the order in
    // which members are written. json and yaml are always sorted. az's tsv still sorts the objects that a
    // query found rather than composed, its table does not; the JSON does not show which is which, so see
    // core/query/jmespath.hpp for tsv.
    bool sort_keys = true;
};

// The format of that name in any case, empty when az has no such format.
std::optional<Format> format_named(std::string_view name);

// The whole output with its last newline; null prints nothing in any format, tsv of [] and none neither.
// The result is always valid UTF-8. Throws Error (fault::client) for a value nested more deeply than az's
// Python prints.
std::string render(const Json& value, Format format, const Style& style);

}  // namespace azid::render
