// What every command table must keep to. A noun's file ends with `static_assert(fault_of(table).empty());`,
// which looks at the commands; a unit test looks at their options too, and at what only shows in the whole.
#pragma once

#include "cli/spec/spec.hpp"

#include <string_view>
#include <type_traits>

namespace azid::spec {

// Takes the next space-separated word off the front of words; empty when there is none left.
constexpr std::string_view next_word(std::string_view& words) {
    while (!words.empty() && words.front() == ' ') words.remove_prefix(1);
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(word.size());
    return word;
}

constexpr bool has_word(std::string_view words, std::string_view wanted) {
    for (std::string_view word = next_word(words); !word.empty(); word = next_word(words))
        if (word == wanted) return true;
    return false;
}

// Whether the words hold two that are equal, or one that stands in the other list too.
constexpr bool share_a_word(std::string_view left, std::string_view right) {
    for (std::string_view word = next_word(left); !word.empty(); word = next_word(left))
        if (has_word(right, word)) return true;
    return false;
}

// The first thing wrong with an option, as a phrase; empty when it is sound.
constexpr std::string_view fault_of(const Option& option) {
    if (option.names.empty()) return "an option has no name";
    if (option.key.empty()) return "an option has no key";
    if (option.help.empty()) return "an option has no help phrase";
    if (option.help.back() == '.') return "an option's help phrase ends with a full stop";
    if ((option.status == Status::refused) != !option.why.empty())
        return "an option is refused without a reason, or has a reason without being refused";
    if (!option.why.empty() && option.why.back() != '.')
        return "the reason of a refused option is no sentence";
    if (option.required && !option.fallback.empty()) return "a required option has a fallback";
    if (option.arity == Arity::flag && !option.choices.empty()) return "a flag has choices";
    return {};
}

// The first thing wrong with a command's options, as a phrase; empty when they are sound.
constexpr std::string_view fault_of(std::span<const Option> options) {
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (const std::string_view fault = fault_of(options[i]); !fault.empty()) return fault;
        for (std::size_t j = i + 1; j < options.size(); ++j) {
            if (options[i].key == options[j].key) return "two options of a command share a key";
            if (share_a_word(options[i].names, options[j].names))
                return "two options of a command share a spelling";
        }
    }
    return {};
}

// The first thing wrong with a command, as a phrase; empty when it is sound.
constexpr std::string_view fault_of(const Command& command) {
    if (command.name.empty()) return "a command has no name";
    for (const char c : command.name.view())
        if (c >= 'A' && c <= 'Z') return "a command's name has a capital letter";
    if (command.summary.empty() || command.summary.back() != '.')
        return "a summary is no sentence with a full stop";
    if (command.run == nullptr) return "a command has no function";
    if (command.examples.empty()) return "a command has no example";
    for (const Example& example : command.examples)
        if (!example.line.starts_with("azid ") || example.title.empty())
            return "an example is not a titled azid line";
    // Not while it is compiled: the options are packed by then.
    return std::is_constant_evaluated() ? std::string_view() : fault_of(command.options.list());
}

// The first thing wrong with a table, as a phrase; empty when it is sound.
constexpr std::string_view fault_of(std::span<const Command> table) {
    for (const Command& command : table)
        if (const std::string_view fault = fault_of(command); !fault.empty()) return fault;
    return {};
}

}  // namespace azid::spec
