#include "cli/parse/aaz.hpp"

#include "cli/parse/convert.hpp"
#include "cli/parse/shorthand.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <exception>
#include <optional>

namespace azid::parse {
namespace {

// What is wrong with a value, in the words that follow "Failed to parse '--x' argument: ".
class BadValue : public std::exception {
  public:
    explicit BadValue(std::string message) : message_(std::move(message)) {}
    const char* what() const noexcept override { return message_.c_str(); }

  private:
    std::string message_;
};

// Options that argparse reads as it always does, in these commands too.
bool is_classic(const spec::Option& option) {
    return option.own || option.key.starts_with('_') || option.key.starts_with("properties_to_") ||
           option.key.starts_with("generic_update_");
}

std::string python_type(const Json& value) {
    if (value.is_array()) return fmt::format("'{}'(<class 'list'>)", compact(value));
    if (value.is_object()) return fmt::format("'{}'(<class 'dict'>)", compact(value));
    return fmt::format("'{}'(<class 'str'>)", value.is_string() ? value.get<std::string>() : compact(value));
}

std::string text_of(const Json& value) {
    return value.is_string() ? value.get<std::string>() : compact(value);
}

// A list or object: out of a file of that name, in the shorthand syntax or as JSON.
Json compound(const std::string& text, const Outside& outside) {
    if (text.empty()) throw BadValue("argument value cannot be blank");
    if (text != "-" && outside.file)
        if (const std::optional<std::string> content = outside.file(text)) {
            Json value = Json::parse(*content, nullptr, false);
            if (!value.is_discarded()) return value;
        }
    try {
        return shorthand_value(text);
    } catch (const ShorthandError&) {
        Json value = Json::parse(text, nullptr, false);
        if (value.is_discarded()) throw;
        return value;
    }
}

std::string word(const std::string& text) {
    const Json value = shorthand_word(text);
    if (value.is_null()) throw BadValue("field is not nullable");
    return value.get<std::string>();
}

// Where "[-1]" points in a list; one behind the last appends.
std::size_t position(const std::string& step, std::size_t size) {
    const std::string digits = step.substr(1, step.size() - 2);
    const bool from_end = digits.starts_with('-');
    const std::string plain = from_end ? digits.substr(1) : digits;
    if (plain.size() > 6) throw BadValue("list index out of range");
    const std::size_t number = std::stoul(plain);
    const std::size_t index = from_end ? size - number : number;
    if ((from_end && number > size) || index > size) throw BadValue("list index out of range");
    return index;
}

void assign(Json& target, const std::vector<std::string>& steps, const Json& value) {
    Json* at = &target;
    for (const std::string& step : steps) {
        if (step.starts_with('[')) {
            if (at->is_null()) *at = Json::array();
            if (!at->is_array())
                throw BadValue(fmt::format("list type value expected, got {}", python_type(*at)));
            const std::size_t index = position(step, at->size());
            if (index == at->size()) at->push_back(nullptr);
            at = &(*at)[index];
        } else {
            if (at->is_null()) *at = Json::object();
            if (!at->is_object())
                throw BadValue(fmt::format("dict type value expected, got {}", python_type(*at)));
            at = &(*at)[step];
        }
    }
    *at = value;
}

Json part(const std::string& text, const Outside& outside) {
    const bool is_compound = text.starts_with('{') || text.starts_with('[');
    return is_compound ? compound(text, outside) : Json(word(text));
}

void read_tags(const Occurrence& occurrence, const Outside& outside, Json& tags) {
    for (const std::string& text : occurrence.values) {
        const PartialValue partial = partial_value(text);
        if (partial.steps.empty()) {
            tags = compound(text, outside);
            if (!tags.is_object())
                throw BadValue(fmt::format("dict type value expected, got {}", python_type(tags)));
        } else if (partial.value.empty()) {
            throw BadValue("argument value cannot be blank");
        } else {
            assign(tags, partial.steps, part(partial.value, outside));
        }
    }
}

// As the syntax has it: each value is the whole list or sets a part of it.
Json standard_list(const Occurrence& occurrence, const Outside& outside, Json list) {
    for (const std::string& text : occurrence.values) {
        const PartialValue partial = partial_value(text);
        if (!partial.steps.empty()) {
            assign(list, partial.steps, part(partial.value, outside));
            continue;
        }
        list = compound(text, outside);
        if (!list.is_array())
            throw BadValue(fmt::format("list type value expected, got {}", python_type(list)));
    }
    return list;
}

// Where that fails and no part is set, each value is an element, as it always was.
void read_list(const Occurrence& occurrence, const Outside& outside, Json& list) {
    try {
        list = standard_list(occurrence, outside, list);
    } catch (const std::exception&) {
        for (const std::string& text : occurrence.values)
            if (!partial_value(text).steps.empty()) throw;
        list = Json::array();
        for (const std::string& text : occurrence.values) list.push_back(word(text));
    }
}

void read_simple(Occurrence& occurrence) {
    const spec::Option& option = *occurrence.option;
    if (!choices_of(option).empty()) return;
    for (std::string& value : occurrence.values) {
        if (value.empty()) continue;
        value = word(value);
        if (option.type == spec::ValueType::integer && !plain_integer(value))
            throw BadValue(fmt::format("invalid literal for int() with base 10: '{}'", value));
    }
}

std::vector<std::string> flattened(const Json& value) {
    std::vector<std::string> texts;
    for (const auto& [key, member] : value.items())
        texts.push_back(value.is_object() ? key + "=" + text_of(member) : text_of(member));
    return texts;
}

}  // namespace

std::map<std::string, std::vector<std::string>, std::less<>> aaz_values(const spec::Command& command,
                                                                        Scanned& scanned,
                                                                        const Outside& outside) {
    if (!command.aaz) return {};
    std::map<std::string, Json, std::less<>> read;
    for (Occurrence& occurrence : scanned.occurrences) {
        const spec::Option& option = *occurrence.option;
        if (is_classic(option) || occurrence.values.empty()) continue;
        try {
            if (option.arity == spec::Arity::one)
                read_simple(occurrence);
            else if (option.arity == spec::Arity::some && option.key == "tags")
                read_tags(occurrence, outside, read[std::string(option.key)]);
            else if (option.arity == spec::Arity::some)
                read_list(occurrence, outside, read[std::string(option.key)]);
        } catch (const std::exception& problem) {
            throw Error(fault::client, fmt::format("Failed to parse '{}' argument: {}", occurrence.spelling,
                                                   problem.what()));
        }
    }
    std::map<std::string, std::vector<std::string>, std::less<>> values;
    for (const auto& [key, value] : read) values[key] = flattened(value);
    return values;
}

}  // namespace azid::parse
