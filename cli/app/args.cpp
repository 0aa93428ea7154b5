#include "cli/app/args.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

namespace azid::app {

namespace {

// As Azure's services answer a request with such a number.
[[noreturn]] void refuse(std::string_view digits, std::string_view type) {
    throw Error(
        fault::invalid_request_content,
        fmt::format("The request content was invalid and could not be deserialized: 'JSON number {} is "
                    "too large or small for {}.'.",
                    digits, type));
}

}  // namespace

int number_of(std::string_view digits) {
    int number = 0;
    const std::from_chars_result read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec == std::errc::result_out_of_range) refuse(digits, "an Int32");
    return number;
}

void Args::set(std::string_view key, std::vector<std::string> values) {
    values_[std::string(key)] = {std::move(values), false};
}

void Args::erase(std::string_view key) { values_.erase(std::string(key)); }

bool Args::given(std::string_view key) const { return values_.find(key) != values_.end(); }

std::string Args::text(std::string_view key) const { return value(key).value_or(""); }

std::optional<std::string> Args::value(std::string_view key) const {
    const auto found = values_.find(key);
    if (found == values_.end() || found->second.values.empty()) return {};
    return found->second.values.back();
}

std::vector<std::string> Args::list(std::string_view key) const {
    const auto found = values_.find(key);
    return found == values_.end() ? std::vector<std::string>() : found->second.values;
}

int Args::number(std::string_view key) const { return number_of(text(key)); }

std::int64_t Args::count(std::string_view key) const {
    const std::string digits = text(key);
    std::int64_t number = 0;
    const std::from_chars_result read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc::result_out_of_range) return number;
    return digits.starts_with('-') ? std::numeric_limits<std::int64_t>::min()
                                   : std::numeric_limits<std::int64_t>::max();
}

double Args::real(std::string_view key) const {
    const std::string digits = text(key);
    const double number = std::strtod(digits.c_str(), nullptr);
    if (!std::isfinite(number)) refuse(digits, "a Double");
    return number;
}

bool Args::flag(std::string_view key) const { return three_state(key).value_or(false); }

std::optional<bool> Args::three_state(std::string_view key) const {
    if (!given(key)) return {};
    const std::string text = value(key).value_or("true");
    for (const std::string_view no : {"false", "f", "no", "n", "0"})
        if (iequals(text, no)) return false;
    return true;
}

bool Args::typed(std::string_view key) const {
    const auto found = values_.find(key);
    return found != values_.end() && !found->second.configured;
}

void Args::mark_configured(std::string_view key) {
    const auto found = values_.find(key);
    if (found != values_.end()) found->second.configured = true;
}

}  // namespace azid::app
