#include "cli/app/shown_arguments.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace azid::app {

namespace {

constexpr std::string_view hidden = "...";

// Flags, which no value follows, where they are likely to stand between the words of the command.
constexpr std::array flags = std::to_array<std::string_view>(
    {"--debug", "--verbose", "--only-show-errors", "--help", "-h", "--yes", "-y", "--no-wait"});

// Options whose values name or choose something.
constexpr std::array plain = std::to_array<std::string_view>({"--account-name",
                                                              "--api-version",
                                                              "--assignee",
                                                              "--assignee-object-id",
                                                              "--assignee-principal-type",
                                                              "--assign-identity",
                                                              "--command-id",
                                                              "--container-name",
                                                              "--display-name",
                                                              "--id",
                                                              "--identities",
                                                              "--identity",
                                                              "--ids",
                                                              "--image",
                                                              "--kind",
                                                              "--last",
                                                              "--location",
                                                              "--method",
                                                              "--name",
                                                              "--namespace",
                                                              "--output",
                                                              "--publisher",
                                                              "--query",
                                                              "--resource-group",
                                                              "--resource-type",
                                                              "--role",
                                                              "--scope",
                                                              "--scopes",
                                                              "--size",
                                                              "--sku",
                                                              "--state",
                                                              "--subscription",
                                                              "--tenant",
                                                              "--vault-name",
                                                              "--vm",
                                                              "--vm-name",
                                                              "-c",
                                                              "-g",
                                                              "-l",
                                                              "-n",
                                                              "-o"});

template <class Names>
bool has(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

}  // namespace

std::string shown_arguments(const std::vector<std::string>& argv) {
    std::vector<std::string> quoted;
    bool shown = true;  // what an option's values are
    bool over = false;
    for (const std::string& word : argv) {
        std::string text = word;
        if (over || (!is_option(word) && (!shown || word.starts_with("eyJ")))) {
            text = hidden;
        } else if (is_option(word)) {
            const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
            const std::string name = word.substr(0, equals);
            const bool known = has(plain, name) || has(flags, name);
            if (equals != std::string::npos && !known) text = name + "=" + std::string(hidden);
            if (!name.starts_with("--") && name.size() > 2) text = name.substr(0, 2) + std::string(hidden);
            shown = known || equals != std::string::npos;
            over = word == "--";
        }
        quoted.push_back("'" + text + "'");
    }
    return "[" + join(quoted, ", ") + "]";
}

}  // namespace azid::app
