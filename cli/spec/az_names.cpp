#include "cli/spec/az_names.hpp"

#include "cli/spec/check.hpp"

#include <cassert>
#include <optional>

// az_names.txt is a tree: words between blanks, a group's children in parentheses right after it. A word of
// capitals stands for the usual verbs, one a letter: "vm(CDLS identity(S assign))".
namespace azid::spec {
namespace {

constexpr std::string_view tree =
#include "embedded/az_names.txt.inc"
    ;

std::string_view verb_of(char letter) {
    switch (letter) {
        case 'C':
            return "create";
        case 'D':
            return "delete";
        case 'L':
            return "list";
        case 'S':
            return "show";
        case 'U':
            return "update";
        case 'W':
            return "wait";
        default:
            return {};
    }
}

bool is_blank(char c) { return c == ' ' || c == '\n'; }

// The text between the parentheses that open at text[0], and what follows them.
std::string_view inside(std::string_view text) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '(') ++depth;
        if (text[i] == ')' && --depth == 0) return text.substr(1, i - 1);
    }
    assert(false);
    return {};
}

struct Entry {
    std::string name;
    std::optional<std::string_view> children;
};

// The entries of one level of the tree.
std::vector<Entry> entries_of(std::string_view level) {
    std::vector<Entry> entries;
    while (!level.empty()) {
        if (is_blank(level.front())) {
            level.remove_prefix(1);
            continue;
        }
        const std::string_view word = level.substr(0, level.find_first_of(" \n("));
        level.remove_prefix(word.size());
        if (verb_of(word.front()).data() != nullptr) {
            for (const char letter : word) entries.push_back({std::string(verb_of(letter)), {}});
        } else if (level.starts_with('(')) {
            const std::string_view children = inside(level);
            level.remove_prefix(children.size() + 2);
            entries.push_back({std::string(word), children});
        } else {
            entries.push_back({std::string(word), {}});
        }
    }
    return entries;
}

// The level below a group; empty optional when the words are no group. Tells apart whether they are a
// command.
std::optional<std::string_view> level_of(std::string_view words, bool& is_command) {
    std::string_view level = tree;
    is_command = false;
    for (std::string_view word = next_word(words); !word.empty(); word = next_word(words)) {
        const std::vector<Entry> entries = entries_of(level);
        const Entry* found = nullptr;
        for (const Entry& entry : entries)
            if (entry.name == word) found = &entry;
        if (found == nullptr) return {};
        if (!found->children) {
            is_command = next_word(words).empty();
            return {};
        }
        level = *found->children;
    }
    return level;
}

}  // namespace

AzName az_name(std::string_view words) {
    bool is_command = false;
    if (level_of(words, is_command)) return AzName::group;
    return is_command ? AzName::command : AzName::unknown;
}

std::vector<std::string> az_children(std::string_view group) {
    bool is_command = false;
    const std::optional<std::string_view> level = level_of(group, is_command);
    std::vector<std::string> names;
    if (level)
        for (Entry& entry : entries_of(*level)) names.push_back(std::move(entry.name));
    return names;
}

}  // namespace azid::spec
