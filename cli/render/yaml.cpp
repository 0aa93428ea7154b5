// PyYAML's safe_dump(default_flow_style=False, allow_unicode=True): block style, keys sorted, indented by
// two.
#include "cli/render/python_text.hpp"
#include "cli/render/unicode.hpp"
#include "cli/render/writers.hpp"
#include "cli/render/yaml_output.hpp"
#include "cli/render/yaml_scalar.hpp"
#include "core/query/python_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>

namespace azid::render {

namespace {

// A longer key is written as "? key", its value as ": value". PyYAML counts the five characters of "!!str"
// in.
constexpr size_t longest_simple_key = 127 - 5;

using Indent = std::optional<size_t>;  // none: the root of the document

size_t deeper(Indent indent) { return indent ? *indent + 2 : 0; }

std::string float_text(double number) {
    if (std::isnan(number)) return ".nan";
    if (std::isinf(number)) return number < 0 ? "-.inf" : ".inf";
    std::string text = query::python_float(number);
    const size_t e = text.find('e');
    if (e != std::string::npos && text.find('.') == std::string::npos) text.insert(e, ".0");
    return text;
}

std::string plain_text(const Json& value) {
    if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
    if (value.is_number_float()) return float_text(value.get<double>());
    if (value.is_number()) return value.dump();
    return "null";
}

class Writer {
  public:
    std::string document(const Json& value) {
        node(value, std::nullopt, false);
        out_.indent(0);
        std::string text = out_.take();
        if (ends_plain_) text += "...\n";
        return text;
    }

  private:
    void node(const Json& value, Indent indent, bool in_mapping) {
        if (value.is_object() && !value.empty()) {
            mapping(value, deeper(indent));
        } else if (value.is_array() && !value.empty()) {
            // A list that is a member's value stands no deeper than its key.
            sequence(value, in_mapping && !out_.is_at_line_start() ? indent.value_or(0) : deeper(indent));
        } else if (value.is_structured()) {
            out_.indicator(value.is_object() ? "{" : "[", true);
            out_.indicator(value.is_object() ? "}" : "]", false);
        } else {
            scalar(value, indent);
        }
    }

    void mapping(const Json& object, size_t indent) {
        for (const auto& [key, member] : sorted_members(object)) {
            out_.indent(indent);
            const std::u32string text = decode(*key);
            const ScalarTraits traits = traits_of(text);
            if (!text.empty() && !traits.multiline && text.size() <= longest_simple_key) {
                string(text, traits, indent + 2, true);
                out_.indicator(":", false);
            } else {
                out_.indicator("?", true, true);
                string(text, traits, indent + 2, false);
                out_.indent(indent);
                out_.indicator(":", true, true);
            }
            node(*member, indent, true);
        }
    }

    void sequence(const Json& array, size_t indent) {
        for (const Json& item : array) {
            out_.indent(indent);
            out_.indicator("-", true, true);
            node(item, indent, false);
        }
    }

    void scalar(const Json& value, Indent indent) {
        const size_t continuation = indent ? *indent + 2 : 2;
        ScalarStyle style = ScalarStyle::plain;
        if (value.is_string()) {
            const std::u32string text = decode(value.get_ref<const std::string&>());
            style = string(text, traits_of(text), continuation, false);
        } else {
            out_.plain(decode(plain_text(value)), continuation, true);
        }
        // A document that is nothing but a plain scalar is open ended.
        ends_plain_ = !indent && style == ScalarStyle::plain;
    }

    ScalarStyle string(std::u32string_view text, const ScalarTraits& traits, size_t indent,
                       bool is_simple_key) {
        const ScalarStyle style = style_of(text, traits, is_simple_key);
        switch (style) {
            case ScalarStyle::plain:
                out_.plain(text, indent, !is_simple_key);
                break;
            case ScalarStyle::single_quoted:
                out_.single_quoted(text, indent, !is_simple_key);
                break;
            case ScalarStyle::double_quoted:
                out_.double_quoted(text, indent, !is_simple_key);
                break;
        }
        return style;
    }

    YamlOutput out_;
    bool ends_plain_ = false;
};

}  // namespace

std::string write_yaml(const Json& value) { return Writer().document(value); }

}  // namespace azid::render
