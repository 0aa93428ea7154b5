#include "cli/app/settings.hpp"

#include "cli/app/environment.hpp"
#include "cli/app/lazy_state.hpp"
#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <cctype>
#include <utility>

namespace azid::app {

std::string variable_of(std::string_view section, std::string_view name) {
    std::string variable = fmt::format("AZURE_{}_{}", section, name);
    for (char& c : variable) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return variable;
}

const account::Settings& Settings::kept(std::string_view section) {
    static const account::Settings none;
    // Once, whether or not there is a state: one that cannot be opened is not tried again for every option.
    State* const state = std::exchange(are_read_, true) ? nullptr : state_.existing();
    if (state != nullptr) {
        KeyPool keys;
        const std::unique_ptr<Transaction> transaction = state->begin_reading();
        Session session = transaction->session({}, environment_.now(), *environment_.random, keys);
        sections_ = session.account.all_settings();
    }
    const auto known = sections_.find(section);
    return known == sections_.end() ? none : known->second;
}

std::optional<std::string> Settings::value(std::string_view section, std::string_view name) {
    std::optional<std::string> value = environment_.variable(variable_of(section, name));
    if (!value)
        for (const auto& [known, text] : kept(section))
            if (iequals(known, name)) value = text;
    if (value && value->empty()) value.reset();
    return value;
}

bool Settings::flag(std::string_view section, std::string_view name) {
    const std::optional<std::string> text = value(section, name);
    if (!text) return false;
    for (const std::string_view yes : {"1", "yes", "true", "on"})
        if (iequals(*text, yes)) return true;
    for (const std::string_view no : {"0", "no", "false", "off"})
        if (iequals(*text, no)) return false;
    throw Error(fault::client, "Not a boolean: " + *text);
}

}  // namespace azid::app
