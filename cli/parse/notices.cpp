#include "cli/parse/notices.hpp"

#include "cli/spec/check.hpp"
#include "cli/spec/known_groups.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azid::parse {
namespace {

std::string deprecated(std::string_view what, std::string_view instead) {
    std::string text = fmt::format("{} has been deprecated and will be removed in a future release.", what);
    if (!instead.empty()) text += fmt::format(" Use '{}' instead.", instead);
    return text;
}

std::string not_stable(std::string_view what, spec::Stage stage) {
    return fmt::format(
        "{} is {} and under development. Reference and support levels: https://aka.ms/CLI_refstatus", what,
        stage == spec::Stage::preview ? "in preview" : "experimental");
}

// az names an option by its longest spelling here.
std::string_view longest_name(std::string_view names) {
    std::string_view longest;
    for (std::string_view name = spec::next_word(names); !name.empty(); name = spec::next_word(names))
        if (name.size() > longest.size()) longest = name;
    return longest;
}

class Collector {
  public:
    void add(std::string_view what, spec::Stage stage, std::string_view instead) {
        if (stage == spec::Stage::stable) return;
        if (stage == spec::Stage::deprecated)
            keep(deprecated_, deprecated(what, instead));
        else
            keep(stage == spec::Stage::preview ? preview_ : experimental_, not_stable(what, stage));
    }

    void add(const Occurrence& occurrence) {
        const spec::Option& option = *occurrence.option;
        const bool is_deprecated = option.stage == spec::Stage::deprecated;
        if (spec::has_word(option.retired, occurrence.spelling))
            add(fmt::format("Option '{}'", occurrence.spelling), spec::Stage::deprecated, option.instead);
        add(fmt::format("Argument '{}'", is_deprecated ? option.key.view() : longest_name(option.names)),
            option.stage, option.instead);
    }

    std::vector<std::string> all() const {
        std::vector<std::string> texts = deprecated_;
        texts.insert(texts.end(), preview_.begin(), preview_.end());
        texts.insert(texts.end(), experimental_.begin(), experimental_.end());
        return texts;
    }

  private:
    static void keep(std::vector<std::string>& texts, std::string text) {
        if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
    }

    std::vector<std::string> deprecated_;
    std::vector<std::string> preview_;
    std::vector<std::string> experimental_;
};

}  // namespace

std::vector<std::string> notices(const spec::Command& command, const Scanned& scanned) {
    Collector collector;
    for (const Occurrence& occurrence : scanned.occurrences) collector.add(occurrence);
    collector.add("This command", command.stage, command.instead);
    for (const spec::Group& group : spec::known_groups())
        if (group.stage != spec::Stage::stable && command.name.starts_with(std::string(group.name) + " "))
            collector.add(fmt::format("Command group '{}'", group.name), group.stage, "");
    return collector.all();
}

}  // namespace azid::parse
