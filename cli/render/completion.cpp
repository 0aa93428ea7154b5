#include "cli/render/completion.hpp"

#include "cli/parse/convert.hpp"
#include "cli/parse/prefixes.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/spec.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <limits>

namespace azid::render {
namespace {

// The command the words begin with and how many of them name it; or the group they lead into.
struct Place {
    const spec::Command* command = nullptr;
    std::string group;
    std::size_t used = 0;
};

Place place_of(const std::vector<std::string>& words) {
    Place place;
    for (; place.used + 1 < words.size() && !words[place.used].starts_with('-'); ++place.used) {
        place.group += (place.group.empty() ? "" : " ") + lower(words[place.used]);
        place.command = spec::find_command(place.group);
        if (place.command != nullptr) {
            ++place.used;
            break;
        }
    }
    return place;
}

std::string_view summary_of_group(std::string_view name) {
    for (const spec::Group& group : spec::groups())
        if (group.name == name) return group.summary;
    return {};
}

// The words that may follow a group's name.
std::vector<Candidate> words_below(const std::string& group, std::string_view typed) {
    const std::string start = group.empty() ? "" : group + " ";
    std::vector<Candidate> found;
    for (const spec::Command* command : spec::commands()) {
        if (!command->name.starts_with(start)) continue;
        std::string_view rest = command->name.substr(start.size());
        const std::string word(spec::next_word(rest));
        const bool known = std::any_of(found.begin(), found.end(),
                                       [&](const Candidate& other) { return other.text == word; });
        if (known || !word.starts_with(lower(typed))) continue;
        found.push_back(
            {word, std::string(rest.empty() ? command->summary.view() : summary_of_group(start + word))});
    }
    return found;
}

std::vector<Candidate> option_names(const parse::Options& options, std::string_view typed) {
    std::vector<Candidate> found;
    for (const spec::Option* option : options.all()) {
        if (option->status == spec::Status::refused) continue;
        std::string_view names = option->names;
        for (std::string_view name = spec::next_word(names); !name.empty(); name = spec::next_word(names))
            if (name.starts_with("--") && name.starts_with(typed))
                found.push_back({std::string(name), std::string(option->help)});
    }
    return found;
}

std::size_t most_values(const spec::Option& option) {
    if (option.arity == spec::Arity::flag) return 0;
    const bool list = option.arity == spec::Arity::any || option.arity == spec::Arity::some;
    return list ? std::numeric_limits<std::size_t>::max() : 1;
}

// The option whose value the last word would be; null when it belongs to none.
const spec::Option* open_option(const parse::Options& options, const std::vector<std::string>& words,
                                std::size_t from) {
    for (std::size_t i = words.size() - 1; i-- > from;) {
        const std::vector<parse::Reading> readings = options.read(words[i]);
        if (readings.empty()) continue;
        if (readings.size() > 1 || readings.front().option == nullptr || readings.front().attached)
            return nullptr;
        const std::size_t given = words.size() - 2 - i;
        return given < most_values(*readings.front().option) ? readings.front().option : nullptr;
    }
    return nullptr;
}

std::string group_on(const parse::Options& options, const std::vector<std::string>& words, std::size_t from) {
    for (std::size_t i = from; i + 1 < words.size(); ++i) {
        const std::vector<parse::Reading> readings = options.read(words[i]);
        if (readings.size() != 1 || readings.front().option == nullptr) continue;
        if (readings.front().option->id_part != "resource_group") continue;
        return readings.front().attached.value_or(i + 2 < words.size() ? words[i + 1] : "");
    }
    return "";
}

// The command's words without dashes, where they can be completed.
const spec::Option* positional(const parse::Options& options) {
    for (const spec::Option* option : options.all())
        if (!option->names.starts_with('-') && (!option->completes.empty() || !option->choices.empty()))
            return option;
    return nullptr;
}

void add_values(const spec::Option& option, Completion& completion) {
    for (const std::string& choice : parse::choices_of(option))
        if (istarts_with(choice, completion.prefix))
            completion.candidates.push_back({completion.before + choice, ""});
    completion.kind = option.completes;
}

}  // namespace

Completion completion_of(const std::vector<std::string>& words) {
    Completion completion;
    if (words.empty()) return completion_of({""});
    completion.prefix = words.back();
    const Place place = place_of(words);
    if (place.command == nullptr) {
        completion.candidates = words_below(place.group, words.back());
        return completion;
    }
    const parse::Options options(*place.command);
    completion.group = group_on(options, words, place.used);
    const std::size_t equals = words.back().find('=');
    if (words.back().starts_with("--") && equals != std::string::npos) {
        completion.before = words.back().substr(0, equals + 1);
        completion.prefix = words.back().substr(equals + 1);
        if (const spec::Option* option = options.exact(words.back().substr(0, equals)))
            add_values(*option, completion);
        return completion;
    }
    if (!words.back().starts_with('-')) {
        if (const spec::Option* option = open_option(options, words, place.used)) {
            add_values(*option, completion);
            return completion;
        }
        if (const spec::Option* word = positional(options)) {
            completion.group = words[words.size() - 2];
            add_values(*word, completion);
            return completion;
        }
    }
    completion.candidates = option_names(options, words.back());
    return completion;
}

}  // namespace azid::render
