#include "cli/commands/settings.hpp"

#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/settings/settings.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

const settings::Setting& named(const std::string& name) {
    if (const settings::Setting* setting = settings::find(name)) return *setting;
    throw Error(fault::usage,
                fmt::format("There is no setting '{}'. 'azid settings list' shows all of them.", name));
}

Json shown(Session& session, const settings::Setting& setting) {
    return {{"name", setting.name},
            {"value", settings::value(session, setting.name)},
            {"default", setting.fallback},
            {"allowed", setting.allowed},
            {"meaning", setting.meaning}};
}

struct Change {
    const settings::Setting* setting;
    std::string value;
};

Change change_of(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
        throw Error(fault::usage, fmt::format("'{}' is no NAME=VALUE, such as throttle=on.", text));
    const settings::Setting& setting = named(text.substr(0, equals));
    return {&setting, settings::checked(setting, text.substr(equals + 1))};
}

// What is as it was from the beginning is not kept.
void keep(Session& session, const settings::Setting& setting, const std::string& value) {
    if (value == setting.fallback)
        session.account.erase_own_setting(setting.name);
    else
        session.account.save_own_setting(setting.name, value);
}

}  // namespace

Json settings_list(app::Context& context) {
    Json all = Json::array();
    for (const settings::Setting& setting : settings::table) all.push_back(shown(context.session(), setting));
    return all;
}

Json settings_show(app::Context& context) {
    return shown(context.session(), named(context.args.text("name")));
}

Json settings_set(app::Context& context) {
    std::vector<Change> changes;
    for (const std::string& text : context.args.list("changes")) changes.push_back(change_of(text));
    Json after = Json::array();
    for (const Change& change : changes) keep(context.session(), *change.setting, change.value);
    for (const Change& change : changes) after.push_back(shown(context.session(), *change.setting));
    return after;
}

Json settings_reset(app::Context& context) {
    std::vector<const settings::Setting*> chosen;
    for (const std::string& name : context.args.list("names")) chosen.push_back(&named(name));
    if (chosen.empty())
        for (const settings::Setting& setting : settings::table) chosen.push_back(&setting);
    for (const settings::Setting* setting : chosen)
        context.session().account.erase_own_setting(setting->name);
    return nullptr;
}

}  // namespace azid::commands
