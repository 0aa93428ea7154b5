// Which ways of writing a string YAML allows, and which PyYAML's safe_dump chooses.
#pragma once

#include <string>
#include <string_view>

namespace azid::render {

enum class ScalarStyle { plain, single_quoted, double_quoted };

struct ScalarTraits {
    bool multiline = false;      // holds a line break of YAML's
    bool plain_allowed = true;   // in block context
    bool single_allowed = true;  // between apostrophes
};

ScalarTraits traits_of(std::u32string_view text);

// True when the text, unquoted, would be read as a boolean, number, date, null, "=" or "<<" by YAML 1.1 as
// PyYAML reads it.
bool reads_as_another_type(std::u32string_view text);

// The style of a string; a key in "key: value" position may not be an empty or multi-line plain one.
ScalarStyle style_of(std::u32string_view text, const ScalarTraits& traits, bool is_simple_key);

// YAML's line breaks.
bool is_yaml_break(char32_t point);

}  // namespace azid::render
