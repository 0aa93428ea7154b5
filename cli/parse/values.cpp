#include "cli/parse/values.hpp"

#include "cli/parse/convert.hpp"
#include "cli/parse/hints.hpp"
#include "cli/parse/suggest.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/query/jmespath.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <map>

// CLI11 sees canonical words only: "--key" for an option, its values each behind a guard, so that none looks
// like an option, a list or nothing.
namespace azid::parse {
namespace {

constexpr char guard = ':';

struct Known {
    const spec::Option* option;
    CLI::Option* checks;
};

// What is wrong with a value, thrown through CLI11 out of its validators.
class Refused : public CLI::Error {
  public:
    explicit Refused(azid::Error error) : CLI::Error("Refused", error.message()), error_(std::move(error)) {}
    const azid::Error& error() const { return error_; }

  private:
    azid::Error error_;
};

Error bad_choice(const spec::Command& command, const spec::Option& option, const std::string& value) {
    const std::vector<std::string> choices = choices_of(option);
    std::string_view names = option.names;
    const std::string_view first = names.substr(0, names.find(' '));
    return usage_error(command,
                       fmt::format("az {}: '{}' is not a valid value for '{}'. Allowed values: {}.",
                                   command.name, value, first, join(choices, ", ")),
                       closest(value, choices));
}

// What Python calls the type.
std::string_view type_name(spec::ValueType type) {
    switch (type) {
        case spec::ValueType::integer:
            return "int";
        case spec::ValueType::real:
            return "float";
        case spec::ValueType::datetime:
            return "datetime_type";
        case spec::ValueType::text:
            break;
    }
    return "str";
}

Error bad_number(const spec::Command& command, const spec::Option& option, const std::string& value) {
    if (command.aaz && option.type == spec::ValueType::integer)
        return Error(
            fault::client,
            fmt::format("Failed to parse '{}' argument: invalid literal for int() with base 10: '{}'",
                        option.names.substr(0, option.names.find(' ')), value));
    return usage_error(command, fmt::format("argument {}: invalid {} value: '{}'", display_name(option),
                                            type_name(option.type), value));
}

void check_query(const std::string& value) {
    try {
        query::compile(value);
    } catch (const query::CompileError&) {
        throw Refused(azid::Error(fault::usage,
                                  fmt::format("argument --query: invalid jmespath_type value: '{}'", value))
                          .with_hint("To learn more about --query, please visit: "
                                     "'https://learn.microsoft.com/cli/azure/query-azure-cli'"));
    }
}

// The value as it will be used. Throws Refused.
std::string converted(const spec::Command& command, const spec::Option& option, const std::string& value) {
    if (option.key == "_jmespath_query") check_query(value);
    if (option.type != spec::ValueType::text) {
        const std::optional<std::string> plain = plain_value(option.type, value);
        if (!plain) throw Refused(bad_number(command, option, value));
        return *plain;
    }
    const std::vector<std::string> choices = choices_of(option);
    if (choices.empty()) return value;
    std::string chosen = value;
    const CLI::IsMember member(choices, CLI::ignore_case);
    if (!member(chosen).empty()) throw Refused(bad_choice(command, option, value));
    return chosen;
}

Error too_few(const spec::Command& command, const spec::Option& option) {
    const std::string_view wanted = option.arity == spec::Arity::some     ? "at least one"
                                    : option.arity == spec::Arity::single ? "1"
                                                                          : "one";
    return usage_error(command,
                       fmt::format("argument {}: expected {} argument", display_name(option), wanted));
}

bool needs_value(spec::Arity arity) {
    return arity == spec::Arity::one || arity == spec::Arity::single || arity == spec::Arity::some;
}

CLI::Option* declare(CLI::App& app, const spec::Command& command, const spec::Option& option) {
    const std::string name = "--" + std::string(option.key);
    if (option.arity == spec::Arity::flag) return app.add_flag(name);
    CLI::Option* declared = app.add_option(name);
    constexpr int many = CLI::detail::expected_max_vector_size;
    switch (option.arity) {
        case spec::Arity::one:
        case spec::Arity::single:
            declared->expected(1);
            break;
        case spec::Arity::some:
            declared->expected(1, many);
            break;
        case spec::Arity::any:
            declared->expected(0, many);
            break;
        default:
            declared->expected(0, 1);
    }
    if (option.arity == spec::Arity::some || option.arity == spec::Arity::any) declared->allow_extra_args();
    const bool last_wins =
        option.arity != spec::Arity::some && option.arity != spec::Arity::any && !option.append;
    declared->multi_option_policy(last_wins ? CLI::MultiOptionPolicy::TakeLast
                                            : CLI::MultiOptionPolicy::TakeAll);
    declared->transform(CLI::Validator(
        [&command, &option](std::string& word) {
            if (word.starts_with(guard))
                word = guard + converted(command, option, word.substr(1));
            else if (needs_value(option.arity))
                throw Refused(too_few(command, option));  // CLI11 took the next option for the value
            return std::string();
        },
        ""));
    return declared;
}

// One occurrence as words for CLI11, put behind the others: last first, as it wants them.
void add_words(const Occurrence& occurrence, std::vector<std::string>& words) {
    for (auto value = occurrence.values.rbegin(); value != occurrence.values.rend(); ++value)
        words.push_back(guard + *value);
    words.push_back("--" + std::string(occurrence.option->key));
}

// The words for CLI11. Of an option that may have no value only the last
// occurrence counts, or a value given before would outlive it.
std::vector<std::string> canonical_words(const Scanned& scanned) {
    std::map<const spec::Option*, const Occurrence*> last;
    for (const Occurrence& occurrence : scanned.occurrences) last[occurrence.option] = &occurrence;
    std::vector<std::string> words;
    for (auto it = scanned.occurrences.rbegin(); it != scanned.occurrences.rend(); ++it) {
        const bool every = it->option->arity == spec::Arity::one ||
                           it->option->arity == spec::Arity::single || it->option->append;
        if (!every && last[it->option] != &*it) continue;
        add_words(*it, words);
    }
    return words;
}

const Known& known_by(const std::vector<Known>& all, const std::string& message) {
    const std::string name = message.substr(0, message.find(':'));
    for (const Known& known : all)
        if ("--" + std::string(known.option->key) == name) return known;
    throw Error(fault::usage, message);
}

Error missing(const spec::Command& command, const std::vector<Known>& all) {
    std::vector<std::string> names;
    for (const Known& known : all)
        if (known.checks->get_required() && known.checks->count() == 0)
            names.push_back(display_name(*known.option));
    return usage_error(command, "the following arguments are required: " + join(names, ", "));
}

// Throws what is wrong with one occurrence: argparse stops at the first.
void check(const spec::Command& command, const Occurrence& occurrence) {
    CLI::App app;
    app.set_help_flag();
    declare(app, command, *occurrence.option);
    std::vector<std::string> words;
    add_words(occurrence, words);
    try {
        app.parse(words);
    } catch (const Refused& refused) {
        throw refused.error();
    } catch (const CLI::ArgumentMismatch&) {
        throw too_few(command, *occurrence.option);
    }
}

std::vector<std::string> values_of(const Known& known) {
    std::vector<std::string> values;
    if (known.option->arity == spec::Arity::flag) return values;
    for (const std::string& word : known.checks->results())
        if (!word.empty() && word.front() == guard) values.push_back(word.substr(1));
    if (known.checks->get_multi_option_policy() == CLI::MultiOptionPolicy::TakeLast && values.size() > 1)
        values = {values.back()};
    return values;
}

}  // namespace

std::string display_name(const spec::Option& option) {
    if (option.names.starts_with('-')) return replace_all(std::string(option.names), " ", "/");
    std::string name(option.names);
    for (char& c : name)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return "<" + name + ">";
}

app::Args checked(const spec::Command& command, const Options& options, const Scanned& scanned,
                  const std::function<bool(const spec::Option&)>& is_required) {
    for (const Occurrence& occurrence : scanned.occurrences) check(command, occurrence);
    if (scanned.problem) throw Error(*scanned.problem);
    CLI::App app;
    app.set_help_flag();
    std::vector<Known> all;
    for (const spec::Option* option : options.all()) {
        const bool written =
            std::any_of(scanned.occurrences.begin(), scanned.occurrences.end(),
                        [&](const Occurrence& occurrence) { return occurrence.option == option; });
        const bool required = !written && is_required(*option);
        if (!required && !written) continue;
        all.push_back({option, declare(app, command, *option)});
        all.back().checks->required(required);
    }
    try {
        app.parse(canonical_words(scanned));
    } catch (const Refused& refused) {
        throw refused.error();
    } catch (const CLI::ArgumentMismatch& mismatch) {
        throw too_few(command, *known_by(all, mismatch.what()).option);
    } catch (const CLI::RequiredError&) {
        throw missing(command, all);
    } catch (const CLI::Error& other) {
        throw usage_error(command, other.what());
    }
    app::Args args;
    for (const Known& known : all) args.set(known.option->key, values_of(known));
    return args;
}

}  // namespace azid::parse
