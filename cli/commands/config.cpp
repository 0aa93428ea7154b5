#include "cli/commands/config.hpp"

#include "cli/app/environment.hpp"
#include "cli/app/settings.hpp"
#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

namespace {

struct Name {
    std::string section;
    std::string name;
};

struct Assignment {
    std::string left;
    std::string right;
};

// What stands before and behind the first separator. Throws Error (fault::client) with the usage text where
// there is none.
Assignment cut(const std::string& text, char separator, std::string_view usage) {
    const std::size_t at = text.find(separator);
    if (at == std::string::npos) throw Error(fault::client, fmt::format("usage error: {}", usage));
    return {text.substr(0, at), text.substr(at + 1)};
}

Name name_of(const std::string& text, std::string_view usage) {
    Assignment parts = cut(text, '.', usage);
    return {std::move(parts.left), lower(parts.right)};
}

// Two quotes that the shell left standing mean nothing (az's _normalize_config_value).
std::string normalised(const std::string& value) { return value == "''" || value == "\"\"" ? "" : value; }

void refuse_local_file(bool local) {
    if (local)
        throw Error(fault::not_modelled,
                    "azid keeps settings in its state file, and none in the working folder.");
}

Json item(std::string_view name, std::string_view source, std::string_view value) {
    return {{"name", name}, {"source", source}, {"value", value}};
}

// The settings of a section as az lists them: those of the environment first, under the last word of the
// variable's name (knack's CLIConfig.items), then what is kept.
Json items(const app::Context& context, const std::string& section) {
    Json list = Json::array();
    const auto add = [&](std::string_view name, std::string_view source, std::string_view value) {
        const bool known = std::any_of(list.begin(), list.end(),
                                       [&](const Json& other) { return text_at(other, "name") == name; });
        if (!known) list.push_back(item(name, source, value));
    };
    const std::string prefix = app::variable_of(section, "");
    for (const auto& [variable, value] : context.environment.variables())
        if (variable.starts_with(prefix) && variable.size() > prefix.size())
            add(variable.substr(variable.rfind('_') + 1), variable, value);
    for (const auto& [name, value] : context.session().account.settings(section))
        add(name, context.state_path, value);
    if (section == "cloud") add("name", context.state_path, "AzureCloud");
    return list;
}

Json set_defaults(app::Context& context) {
    for (const std::string& text : context.args.list("defaults")) {
        const Assignment assignment = cut(text, '=', "--defaults STRING=STRING STRING=STRING ...");
        context.session().account.save_setting("defaults", lower(assignment.left),
                                               normalised(assignment.right));
    }
    return nullptr;
}

Json list_defaults(app::Context& context) {
    Json shown = Json::array();
    for (const Json& entry : items(context, "defaults"))
        if (!text_at(entry, "value").empty()) shown.push_back(entry);
    return shown;
}

}  // namespace

Json configure(app::Context& context) {
    const app::Args& args = context.args;
    refuse_local_file(args.text("scope") == "local");
    if (args.given("defaults")) return set_defaults(context);
    if (args.flag("list_defaults")) return list_defaults(context);
    if (!context.environment.stdin_is_terminal)
        throw Error(fault::client, "This command is interactive and no tty available.");
    throw Error(
        fault::not_modelled,
        "azid has no questions to ask: name what to set, as in 'azid configure --defaults group=rg' or "
        "'azid config set core.output=table'.");
}

Json config_get(app::Context& context) {
    refuse_local_file(context.args.flag("local"));
    const std::string key = context.args.text("key");
    if (key.empty()) {
        Json all = Json::object();
        const account::Sections sections = context.session().account.all_settings();
        if (!sections.contains("cloud")) all["cloud"] = items(context, "cloud");
        for (const auto& [section, settings] : sections) all[section] = items(context, section);
        return all;
    }
    const std::size_t point = key.find('.');
    const Json list = items(context, key.substr(0, point));
    if (point == std::string::npos || point + 1 == key.size()) return list;
    for (const Json& entry : list)
        if (text_at(entry, "name") == key.substr(point + 1)) return entry;
    throw Error(fault::client, fmt::format("Configuration '{}' is not set.", key));
}

Json config_set(app::Context& context) {
    constexpr std::string_view usage = "[section].[name]=[value] ...";
    refuse_local_file(context.args.flag("local"));
    for (const std::string& text : context.args.list("key_value")) {
        const Assignment assignment = cut(text, '=', usage);
        const Name name = name_of(assignment.left, usage);
        context.session().account.save_setting(name.section, name.name, normalised(assignment.right));
    }
    return nullptr;
}

Json config_unset(app::Context& context) {
    refuse_local_file(context.args.flag("local"));
    for (const std::string& text : context.args.list("key")) {
        const Name name = name_of(text, "[section].[name]");
        context.session().account.erase_setting(name.section, name.name);
    }
    return nullptr;
}

}  // namespace azid::commands
