// The functions of the template language that get their arguments evaluated. Those that decide themselves
// what to evaluate (if, coalesce, map ...) are the evaluator's.
#pragma once

#include "core/arm/templates/frame.hpp"
#include "core/base/json.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azid::arm::templates {

// One call under way. The functions below throw Error (fault::invalid_template) in Resource Manager's words.
struct Call {
    std::string_view name;
    const std::vector<Json>& arguments;
    Frame& frame;

    std::size_t count() const;
    const Json& at(std::size_t index) const;
    const std::string& text(std::size_t index) const;
    std::int64_t number(std::size_t index) const;
    // The argument, or what stands for it where fewer were given.
    std::int64_t number_or(std::size_t index, std::int64_t otherwise) const;
    std::string text_or(std::size_t index, std::string_view otherwise) const;

    // Refuses an argument of the wrong type: "a string", "an array or an object".
    [[noreturn]] void refuse_type(std::size_t index, std::string_view expected) const;
    [[noreturn]] void refuse(const std::string& why) const;
};

struct Function {
    std::string_view name;
    std::size_t fewest = 0;
    std::size_t most = 0;
    Json (*run)(const Call&) = nullptr;
};
inline constexpr std::size_t any_number = 1000000;

std::span<const Function> text_functions();
std::span<const Function> encoding_functions();
std::span<const Function> number_functions();
std::span<const Function> list_functions();
std::span<const Function> date_functions();
std::span<const Function> place_functions();
std::span<const Function> asking_functions();

// By name, without case; list...() of any ending is one function. Null when there is none.
const Function* find_function(std::string_view name);

// Whether the function asks about resources, and so can be called only while resources are made.
bool is_asking(std::string_view name);

// The type of a value in Resource Manager's words: "String", "Integer", "Boolean", "Array", "Object",
// "Float", "Null".
std::string_view type_name(const Json& value);

// A value as concat(), format() and string() write it: texts as they are, "True" and "False", compact JSON
// for arrays and objects.
std::string written(const Json& value);

// Texts are counted and cut by characters, not by bytes.
std::size_t character_count(std::string_view text);
std::string characters(std::string_view text, std::size_t begin, std::size_t count);

}  // namespace azid::arm::templates
