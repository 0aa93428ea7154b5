#include "cli/parse/parse.hpp"

#include "cli/parse/aaz.hpp"
#include "cli/parse/files.hpp"
#include "cli/parse/hints.hpp"
#include "cli/parse/notices.hpp"
#include "cli/parse/scan.hpp"
#include "cli/parse/values.hpp"
#include "cli/parse/words.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/standard.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azid::parse {
namespace {

// Empty where nothing is configured, or for the name of what a command makes: az takes no default for that.
std::optional<std::string> configured_default(const spec::Command& command, const spec::Option& option,
                                              const Outside& outside) {
    if (option.configured.empty() || !outside.configured_default) return {};
    const bool general = option.configured == "group" || option.configured == "location" ||
                         option.configured == "subscription";
    if (!general && command.name.ends_with(" create")) return {};
    return outside.configured_default(option.configured);
}

void refuse_what_is_not_modelled(const spec::Command& command, const Scanned& scanned) {
    for (const Occurrence& occurrence : scanned.occurrences)
        if (occurrence.option->status == spec::Status::refused)
            throw Error(fault::not_modelled,
                        fmt::format("azid does not take {}: {}", occurrence.spelling, occurrence.option->why))
                .with_hint(fmt::format("More: azid {} --help", command.name));
}

// The --set, --add and --remove of a generic update, in the order written, each followed by its values.
std::vector<std::string> ordered_arguments(const Scanned& scanned) {
    std::vector<std::string> ordered;
    for (const Occurrence& occurrence : scanned.occurrences) {
        if (!occurrence.option->append || !occurrence.option->key.starts_with("properties_to_")) continue;
        ordered.push_back(occurrence.spelling);
        ordered.insert(ordered.end(), occurrence.values.begin(), occurrence.values.end());
    }
    return ordered;
}

void fill_in(const spec::Command& command, const spec::Option& option, const Outside& outside,
             app::Args& args) {
    if (args.given(option.key)) return;
    if (const std::optional<std::string> value = configured_default(command, option, outside)) {
        args.set(option.key, {*value});
    } else if (!option.fallback.empty()) {
        const bool list = option.arity == spec::Arity::some || option.arity == spec::Arity::any;
        args.set(option.key,
                 list ? split(option.fallback, ' ') : std::vector<std::string>{std::string(option.fallback)});
    }
    args.mark_configured(option.key);
}

// Whether it is a form that only some of azid's own commands have.
bool is_drawing(const std::string& format) {
    return !format.empty() &&
           std::none_of(std::begin(spec::globals), std::end(spec::globals), [&](const spec::Option& option) {
               return option.key == "_output_format" && spec::has_word(option.choices, format);
           });
}

Globals globals_of(app::Args& args) {
    Globals globals;
    globals.output = args.text("_output_format");
    globals.query = args.value("_jmespath_query");
    globals.state = args.text("_state");
    globals.help = args.flag("_help");
    globals.verbose = args.flag("_log_verbosity_verbose");
    globals.debug = args.flag("_log_verbosity_debug");
    globals.only_show_errors = args.flag("_log_verbosity_only_show_errors");
    for (const spec::Option& option : spec::globals) args.erase(option.key);
    if (is_drawing(globals.output)) args.set("_drawing", {globals.output});
    if (globals.verbose || globals.debug) args.set("_loud", {});
    return globals;
}

Parsed parse_command(const spec::Command& command, const std::vector<std::string>& arguments,
                     const Outside& outside) {
    Parsed parsed;
    parsed.command = &command;
    const Options options(command);
    Scanned scanned = scan(command, options, arguments);
    parsed.globals.help = scanned.help;
    if (scanned.help) return parsed;
    const auto read_values = aaz_values(command, scanned, outside);
    const auto is_required = [&](const spec::Option& option) {
        const bool by_id = command.supports_ids && !option.id_part.empty();
        return option.required && !by_id && !configured_default(command, option, outside);
    };
    parsed.args = checked(command, options, scanned, is_required);
    for (const auto& [key, values] : read_values) parsed.args.set(key, values);
    if (!scanned.extras.empty())
        throw usage_error(command, "unrecognized arguments: " + join(scanned.extras, " "));
    refuse_what_is_not_modelled(command, scanned);
    parsed.notices = notices(command, scanned);
    parsed.globals = globals_of(parsed.args);
    if (parsed.args.given("_drawing") && parsed.globals.query)
        throw usage_error(command, fmt::format("--query picks from data: it does not go with -o {}.",
                                               parsed.globals.output));
    const std::vector<std::string> ordered = ordered_arguments(scanned);
    if (!ordered.empty()) parsed.args.set("ordered_arguments", ordered);
    for (const spec::Option& option : command.options) fill_in(command, option, outside, parsed.args);
    return parsed;
}

}  // namespace

Parsed parse(const std::vector<std::string>& argv, const Outside& outside) {
    try {
        const std::vector<std::string> expanded = with_files(argv, outside);
        const Words words = resolve(expanded);
        if (words.command != nullptr)
            return parse_command(*words.command,
                                 {expanded.begin() + static_cast<std::ptrdiff_t>(words.used), expanded.end()},
                                 outside);
        Parsed parsed;
        parsed.group = words.group;
        parsed.version_text = words.version_text;
        parsed.globals.help = !words.version_text;
        return parsed;
    } catch (Error& error) {
        const std::string blank = lone_blank_hint(argv);
        if (!blank.empty()) error.with_hint(blank + "\n" + error.hint());
        throw;
    }
}

}  // namespace azid::parse
