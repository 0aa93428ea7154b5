// Holds the command tables to az 2.74's own, as the contract has them: every option of every command that
// azid has, under the same names, with the same needs, choices and defaults.
#include "cli/parse/convert.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/spec.hpp"
#include "cli/spec/standard.hpp"
#include "core/base/text.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <set>

using namespace azid;

namespace {

// Nouns of the contract that azid does not imitate.
constexpr std::string_view outside[] = {
    "acr",
    "aks",
    "appservice",
    "cache",
    "container",
    "cosmosdb",
    "feedback",
    "find",
    "interactive",
    "self-test",
    "sql",
    "vmss",
    "config param-persist",
    "cloud register",
    "cloud unregister",
    "cloud update",
    "group deployment",
    "deployment sub",
    "deployment operation sub",
};

bool is_outside(std::string_view name) {
    return std::any_of(std::begin(outside), std::end(outside), [&](std::string_view prefix) {
        return name == prefix || (name.starts_with(prefix) && name.substr(prefix.size()).starts_with(' '));
    });
}

std::vector<std::string> texts(const Json& list) {
    std::vector<std::string> all;
    if (list.is_array())
        for (const Json& item : list) all.push_back(item.get<std::string>());
    return all;
}

// How the table would write the option's names.
std::string names_of(const Json& argument) {
    if (argument.value("positional", false)) return text_at(argument, "dest");
    return join(texts(argument["options"]), " ");
}

const spec::Option* option_of(const spec::Command& command, const Json& argument) {
    std::vector<std::string> names = texts(argument["options"]);
    if (names.empty()) names.push_back(text_at(argument, "dest"));
    for (const spec::Option& option : command.options)
        for (const std::string& name : names)
            if (spec::has_word(option.names, name)) return &option;
    return nullptr;
}

std::string arity_of(const Json& argument) {
    const std::string nargs = argument.contains("nargs") && !argument["nargs"].is_null()
                                  ? (argument["nargs"].is_string() ? argument["nargs"].get<std::string>()
                                                                   : argument["nargs"].dump())
                                  : "";
    if (text_at(argument, "action") == "StoreTrueAction" || nargs == "0") return "0";
    return nargs;
}

std::string arity_of(const spec::Option& option) {
    switch (option.arity) {
        case spec::Arity::flag:
            return "0";
        case spec::Arity::single:
            return "1";
        case spec::Arity::some:
            return "+";
        case spec::Arity::any:
            return "*";
        case spec::Arity::optional:
        case spec::Arity::three_state:
            return "?";
        case spec::Arity::one:
            break;
    }
    return "";
}

std::string fallback_of(const Json& argument) {
    if (!argument.contains("default") || argument["default"].is_null() || argument["default"] == false)
        return "";
    const Json& value = argument["default"];
    if (value.is_string()) return value.get<std::string>();
    return value.is_array() ? join(texts(value), " ") : value.dump();
}

// A configured default as it counts: the name of what a command makes has none.
std::string configured_of(const spec::Command& command, const std::string& configured) {
    const bool general = configured == "group" || configured == "location" || configured == "subscription";
    return general || !command.name.ends_with(" create") ? configured : "";
}

std::string word_of(spec::Stage stage) {
    switch (stage) {
        case spec::Stage::preview:
            return "preview";
        case spec::Stage::experimental:
            return "experimental";
        case spec::Stage::deprecated:
            return "deprecated";
        case spec::Stage::stable:
            break;
    }
    return "stable";
}

// az's warnings that its next version will differ are no deprecation.
std::string stage_of(const Json& az) {
    const bool deprecated = az.contains("deprecated") && az["deprecated"].is_object() &&
                            text_at(az, "action") != "ArgumentBreakingChangeAction";
    if (deprecated) return "deprecated";
    if (az.value("experimental", false)) return "experimental";
    return az.value("preview", false) ? "preview" : "stable";
}

// What differs of one option, as words; empty when nothing does.
std::vector<std::string> differences(const spec::Command& command, const Json& argument,
                                     const spec::Option& option) {
    std::vector<std::string> found;
    const auto compare = [&](std::string_view what, const std::string& az, const std::string& own) {
        if (az != own) found.push_back(std::string(what) + " '" + own + "', az '" + az + "'");
    };
    compare("names", names_of(argument), std::string(option.names));
    const bool needed = argument["required"] == true || argument.value("required_unless_ids", false);
    compare("required", needed ? "yes" : "no", option.required ? "yes" : "no");
    // The contract lost that of flags which az wraps to warn of them.
    const bool wrapped = text_at(argument, "action").ends_with("ArgumentAction");
    if (!wrapped || option.arity != spec::Arity::flag)
        compare("values", arity_of(argument), arity_of(option));
    if (option.arity != spec::Arity::flag)
        compare("choices", join(texts(argument.value("choices", Json())), " "),
                join(parse::choices_of(option), " "));
    if (option.status != spec::Status::refused) {
        compare("default", fallback_of(argument), std::string(option.fallback));
        compare("configured", configured_of(command, text_at(argument, "configured_default")),
                configured_of(command, std::string(option.configured)));
        // Of several spellings az may deprecate one only.
        const bool several = option.names.find(' ') != std::string_view::npos;
        const bool some_retired = stage_of(argument) == "deprecated" && (several || !option.retired.empty());
        if (!some_retired) {
            compare("stage", stage_of(argument), word_of(option.stage));
            compare("retired", join(texts(argument.value("deprecated_options", Json())), " "),
                    std::string(option.retired));
        }
    }
    if (text_at(argument, "type") == "int")
        compare("type", "int", option.type == spec::ValueType::integer ? "int" : "text");
    return found;
}

// Whether the options stand in az's order, which its messages show.
bool in_order(const spec::Command& command, const Json& arguments) {
    const spec::Option* last = nullptr;
    for (const Json& argument : arguments) {
        const spec::Option* option = option_of(command, argument);
        if (option == nullptr) continue;
        if (last != nullptr && option < last) return false;
        last = option;
    }
    return true;
}

// Whether --ids stands for names: of locks and role assignments it is an option as any other.
bool takes_ids(const Json& az) {
    const Json& arguments = az["args"];
    return std::any_of(arguments.begin(), arguments.end(),
                       [](const Json& argument) { return text_at(argument, "dest") == "_ids"; });
}

std::vector<std::string> faults_of(const spec::Command& command, const Json& az) {
    std::vector<std::string> found;
    std::set<const spec::Option*> met;
    for (const Json& argument : az["args"]) {
        const spec::Option* option = option_of(command, argument);
        met.insert(option);
        // A slip of az's: one spelling that holds two, "--id, --client-id".
        if (option == nullptr && names_of(argument).find(',') != std::string::npos) continue;
        if (option == nullptr) {
            found.push_back("lacks " + names_of(argument));
            continue;
        }
        for (const std::string& difference : differences(command, argument, *option))
            found.push_back(std::string(option->names) + ": " + difference);
        if (command.supports_ids && text_at(argument, "id_part") != option->id_part)
            found.push_back(std::string(option->names) + ": id part, az '" + text_at(argument, "id_part") +
                            "'");
    }
    for (const spec::Option& option : command.options)
        if (!option.own && !met.contains(&option) && !met.contains(nullptr))
            found.push_back("az has no " + std::string(option.names));
    if (!in_order(command, az["args"])) found.emplace_back("options in another order");
    if (command.supports_ids != takes_ids(az)) found.emplace_back("--ids");
    // az's deprecation of it is a warning in words of its own.
    if (command.name != "keyvault secret delete" && stage_of(az) != word_of(command.stage))
        found.push_back("stage, az " + stage_of(az));
    if (command.aaz != az["is_aaz"].get<bool>()) found.emplace_back("aaz");
    return found;
}

}  // namespace

TEST_CASE("the command tables are az's") {
    std::ifstream file(AZID_SHARED_DIR "/az-contract/commands.json");
    if (!file) {
        MESSAGE("skipped: the contract is not here");
        return;
    }
    std::size_t held = 0;
    std::size_t faults = 0;
    std::vector<std::string> absent;
    const Json contract = Json::parse(file);
    for (const auto& [name, az] : contract["commands"].items()) {
        const spec::Command* command = spec::find_command(name);
        if (command == nullptr) {
            if (!is_outside(name)) absent.push_back(name);
            continue;
        }
        ++held;
        for (const std::string& fault : faults_of(*command, az)) {
            MESSAGE(name << ": " << fault);
            ++faults;
        }
    }
    for (const std::string& name : absent) MESSAGE("not in azid: " << name);
    MESSAGE(held << " commands held to the contract, " << faults << " differences, " << absent.size()
                 << " commands absent");
    CHECK(held > 80);
    CHECK(faults == 0);
}
