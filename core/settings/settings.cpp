#include "core/settings/settings.hpp"

#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/session.hpp"
#include "core/base/text.hpp"
#include "core/clock/clock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>

namespace azid::settings {

namespace {

constexpr std::string_view seeded = "seeded:";
constexpr int longest_lag = 30 * 24 * 3600;

std::optional<int> whole_number(std::string_view text) {
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || text.empty()) return {};
    return number;
}

// "30", or how long in a clock's words: "10m".
std::optional<int> seconds_in(std::string_view text) {
    std::optional<int> seconds = whole_number(text);
    if (!seconds)
        if (const std::optional<std::chrono::microseconds> read = clock::parse_duration(text))
            if (*read % std::chrono::seconds(1) == std::chrono::microseconds(0) &&
                *read <= std::chrono::seconds(longest_lag))
                seconds = static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(*read).count());
    if (!seconds || *seconds < 0 || *seconds > longest_lag) return {};
    return seconds;
}

// In the form in which it is kept; empty when the setting does not allow it.
std::optional<std::string> normalised(const Setting& setting, std::string_view value) {
    if (setting.form == Form::choice) {
        for (const std::string& word : split(setting.allowed, '|'))
            if (iequals(word, value)) return word;
        return {};
    }
    if (setting.form == Form::number) {
        const std::optional<int> number = whole_number(value);
        if (!number || *number < setting.least || *number > setting.most) return {};
        return fmt::format("{}", *number);
    }
    if (iequals(value, "off")) return "off";
    const bool named = istarts_with(value, seeded);
    if (!named && setting.form == Form::lag) return {};
    const std::optional<int> seconds = seconds_in(named ? value.substr(seeded.size()) : value);
    if (!seconds) return {};
    if (*seconds == 0) return "off";
    return fmt::format("{}{}", named ? seeded : std::string_view(), *seconds);
}

}  // namespace

const Setting* find(std::string_view name) {
    const auto* found = std::find_if(table.begin(), table.end(),
                                     [&](const Setting& setting) { return iequals(setting.name, name); });
    return found == table.end() ? nullptr : found;
}

std::string checked(const Setting& setting, std::string_view value) {
    if (const std::optional<std::string> kept = normalised(setting, value)) return *kept;
    throw Error(fault::usage, fmt::format("'{}' is no value of {}. Allowed: {}.", value, setting.name,
                                          replace_all(std::string(setting.allowed), "|", ", ")));
}

std::vector<std::string> proposals(const Setting& setting) {
    switch (setting.form) {
        case Form::choice:
            return split(setting.allowed, '|');
        case Form::number:
            return {std::string(setting.fallback)};
        case Form::lag:
            return {"off", "seeded:30"};
        case Form::seconds:
            return {"off", "30"};
    }
    return {};
}

std::string value(Session& session, std::string_view name) {
    const Setting* setting = find(name);
    assert(setting != nullptr);
    if (const std::optional<std::string> kept = session.account.own_setting(setting->name))
        if (const std::optional<std::string> sound = normalised(*setting, *kept)) return *sound;
    return std::string(setting->fallback);
}

bool is_on(Session& session, std::string_view name) { return value(session, name) == "on"; }

int number(Session& session, std::string_view name) { return whole_number(value(session, name)).value_or(0); }

std::chrono::seconds lag(Session& session, std::string_view name) {
    const std::string text = value(session, name);
    const std::string_view digits =
        text.starts_with(seeded) ? std::string_view(text).substr(seeded.size()) : std::string_view(text);
    return std::chrono::seconds(whole_number(digits).value_or(0));
}

}  // namespace azid::settings
