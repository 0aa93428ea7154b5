#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/spec.hpp"

#include "core/base/text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azid::spec {

namespace {

// A command that nothing was unpacked for yet.
struct Place {
    Table table;
    std::size_t command;
};

// The first command whose name fits, among those that begin with the first of the words. Only the tables that
// have such a command are looked into.
template <class Fits>
std::optional<Place> first_command(std::string_view words, Fits fits) {
    const std::string_view first = next_word(words);
    for (const Noun& noun : nouns) {
        if (!has_word(noun.first_words, first)) continue;
        const Table table = noun.commands();
        for (std::size_t i = 0; i < table.size(); ++i)
            if (fits(table.name(i))) return Place{table, i};
    }
    return std::nullopt;
}

}  // namespace

std::span<const Command* const> commands() {
    static const std::vector<const Command*> all = [] {
        std::vector<const Command*> found;
        constexpr std::size_t about = 512;
        found.reserve(about);
        for (const Noun& noun : nouns)
            for (const Command& command : noun.commands().list()) found.push_back(&command);
        return found;
    }();
    return all;
}

const Command* find_command(std::string_view name) {
    const std::string wanted = lower(name);
    const auto place = first_command(wanted, [&](const Text& found) { return found == wanted; });
    return place ? &place->table.list()[place->command] : nullptr;
}

bool is_group(std::string_view words) {
    if (words.empty()) return true;
    const std::string begin = lower(words) + ' ';
    return first_command(begin, [&](const Text& found) { return found.starts_with(begin); }).has_value();
}

}  // namespace azid::spec
