#include "cli/render/format.hpp"

#include "cli/render/table_columns.hpp"
#include "cli/render/unicode.hpp"
#include "cli/render/writers.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace azid::render {

namespace {

constexpr std::array<std::pair<std::string_view, Format>, 7> names{{
    {"json", Format::json},
    {"jsonc", Format::jsonc},
    {"yaml", Format::yaml},
    {"yamlc", Format::yamlc},
    {"table", Format::table},
    {"tsv", Format::tsv},
    {"none", Format::none},
}};

// Python gives up at about a thousand calls within each other, and so does az's output.
constexpr size_t deepest = 990;

// Walks the levels one by one, so that the deepest value cannot exhaust our own stack.
bool is_nested_within(const Json& value, size_t limit) {
    std::vector<const Json*> level{&value};
    for (size_t depth = 0; !level.empty(); ++depth) {
        if (depth > limit) return false;
        std::vector<const Json*> next;
        for (const Json* parent : level)
            for (const Json& child : *parent)
                if (child.is_structured() && !child.empty()) next.push_back(&child);
        level = std::move(next);
    }
    return true;
}

std::string text_of(const Json& value, Format format, const Style& style) {
    switch (format) {
        case Format::json:
            return valid_utf8(write_json(value));
        case Format::jsonc:
            return style.colour ? colour_json(valid_utf8(write_json(value))) : valid_utf8(write_json(value));
        case Format::yaml:
            return write_yaml(value);
        case Format::yamlc:
            return style.colour ? colour_yaml(write_yaml(value)) : write_yaml(value);
        case Format::table:
            return render_table(value, style);
        case Format::tsv:
            return valid_utf8(write_tsv(value, style.sort_keys));
        case Format::none:
            return {};
    }
    return {};
}

}  // namespace

std::optional<Format> format_named(std::string_view name) {
    const auto found = std::find_if(names.begin(), names.end(),
                                    [name](const auto& row) { return iequals(row.first, name); });
    if (found == names.end()) return std::nullopt;
    return found->second;
}

std::string render(const Json& value, Format format, const Style& style) {
    if (value.is_null()) return {};
    if (value.is_structured() && !is_nested_within(value, deepest))
        throw Error(fault::client, "The result is nested too deeply to be printed.");
    return text_of(value, format, style);
}

}  // namespace azid::render
