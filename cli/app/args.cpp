#include "cli/app/args.hpp"

#include "core/base/text.hpp"

#include <utility>

namespace azid::app {

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
