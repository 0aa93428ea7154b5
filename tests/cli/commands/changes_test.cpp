// One story in which every command that changes something has a line, told by changes.txt: what each line
// changes stands below it; taken back it leaves no difference; done again it says and changes the same.
#include "cli/spec/spec.hpp"
#include "core/base/text.hpp"
#include "core/snapshot/diff.hpp"
#include "core/snapshot/ports.hpp"
#include "store/state.hpp"
#include "support/terminal.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>

namespace azid::test {

namespace {

constexpr const char* story_path = AZID_SOURCE_DIR "/tests/cli/commands/changes.txt";

// Of the commands that are not marked as reading, those without a line: they keep nothing of the state's that
// could be compared, or refuse whatever they are asked.
constexpr std::string_view without_line[] = {
    "access check",
    "access explain",
    "access who-can",
    "account list",
    "clock resume",
    "vm convert",
    "vm capture",
    "vm run-command create",
    "vm run-command update",
    "vm run-command delete",
    "vm secret add",
    "vm secret remove",
    "vm secret format",
    "deployment group cancel",
    "deployment sub cancel",
    "keyvault key get-attestation",
    "keyvault key random",
    "keyvault key get-policy-template",
    "keyvault role assignment create",
    "keyvault role assignment delete",
    "keyvault role assignment list",
    "keyvault role definition create",
    "keyvault role definition delete",
    "keyvault role definition list",
    "keyvault role definition show",
    "keyvault role definition update",
};

// Ids and other drawn texts, so that a thing drawn more does not change every line below it.
std::string without_ids(const std::string& text) {
    static const std::regex guid("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    static const std::regex hex("[0-9a-f]{16,}");
    static const std::regex identity_url("(identity.azure.net/)[^ ]+");
    return std::regex_replace(std::regex_replace(std::regex_replace(text, guid, "GUID"), hex, "HEX"),
                              identity_url, "$1HASH");
}

struct Line {
    std::string text;
    std::vector<std::string> expected;
};

struct Story {
    std::string head;
    std::vector<Line> lines;
};

Story read_story() {
    Story story;
    std::ifstream file(story_path);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("    "))
            story.lines.back().expected.push_back(line.substr(4));
        else if (line.starts_with("#") || line.empty())
            (story.lines.empty() ? story.head : story.lines.emplace_back().text) += line + "\n";
        else
            story.lines.push_back({line, {}});
    }
    return story;
}

// Words as a shell reads them: blanks between, quotes of both kinds, $NAME, $(azid ...).
class Reader {
  public:
    Reader(Terminal& terminal, std::map<std::string, std::string>& variables)
        : terminal_(terminal), variables_(variables) {}

    std::vector<std::string> words(const std::string& line) {
        std::vector<std::string> all;
        std::string word;
        char quote = 0;
        bool open = false;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const char c = line[i];
            if (quote != 0 ? c == quote : (c == '\'' || c == '"')) {
                quote = quote != 0 ? '\0' : c;
                open = true;
            } else if (c == ' ' && quote == 0) {
                if (open) all.push_back(word);
                word.clear();
                open = false;
            } else if (c == '$' && quote != '\'') {
                word += value(line, i);
                open = true;
            } else {
                word += c;
                open = true;
            }
        }
        if (open) all.push_back(word);
        return all;
    }

  private:
    std::string value(const std::string& line, std::size_t& i) {
        std::size_t end = i + 1;
        while (end < line.size() &&
               (std::isalnum(static_cast<unsigned char>(line[end])) != 0 || line[end] == '_'))
            ++end;
        const std::string name = line.substr(i + 1, end - i - 1);
        i = end - 1;
        return variables_[name];
    }

    Terminal& terminal_;
    std::map<std::string, std::string>& variables_;
};

std::vector<std::string> told(const Json& changes) {
    std::vector<std::string> lines;
    for (const Json& change : changes) {
        const std::string kind = change["change"];
        std::vector<std::string> members;
        for (const Json& member : change["members"]) members.push_back(member["name"].get<std::string>());
        std::string id = change["id"].get<std::string>();
        if (const std::size_t group = id.find("/resourceGroups/"); group != std::string::npos && id[0] == '/')
            id = id.substr(group + 15);
        lines.push_back(
            without_ids(fmt::format("{} {} {}{}{}",
                                    kind == "added"     ? "+"
                                    : kind == "removed" ? "-"
                                                        : "~",
                                    change["type"].get<std::string>(),
                                    change["name"].is_string() ? change["name"].get<std::string>() : id,
                                    members.empty() ? "" : ": ", join(members, ", "))));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

const spec::Command* command_of(const std::vector<std::string>& words) {
    std::string name;
    const spec::Command* found = nullptr;
    for (std::size_t i = 1; i < words.size() && !words[i].starts_with('-'); ++i) {
        name += (name.empty() ? "" : " ") + words[i];
        if (const spec::Command* command = spec::find_command(name)) found = command;
    }
    return found;
}

class Telling {
  public:
    Telling() : reader_(terminal_, variables_) {
        terminal_.variables["AZID_SEED"] = "changes";
        terminal_.run({"account", "show"});
        state_ = store::open_state(terminal_.state());
        variables_["HERE"] = terminal_.folder().path();
    }

    // What the line changed. Empty lines and comments change nothing.
    std::vector<std::string> tell(const std::string& line) {
        if (line.empty() || line.starts_with('#')) return {};
        const std::vector<std::string> words = reader_.words(line);
        if (words[0] == "file") {
            write_file(terminal_.folder().file(words[1]), replace_all(words[2], "\\n", "\n"));
            return {};
        }
        if (words[0] != "azid") return set(line);
        return change(line, words);
    }

    std::set<std::string> commands;

  private:
    std::vector<std::string> set(const std::string& line) {
        const std::size_t equals = line.find('=');
        std::vector<std::string> words = reader_.words(line.substr(equals + 1));
        words.erase(words.begin());
        const Printed printed = terminal_.run(words);
        INFO(line << "\n" << printed.error);
        CHECK(printed.exit_code == 0);
        variables_[line.substr(0, equals)] = printed.out.substr(0, printed.out.find('\n'));
        return {};
    }

    std::vector<std::string> change(const std::string& line, const std::vector<std::string>& words) {
        const std::vector<std::string> argv(words.begin() + 1, words.end());
        const spec::Command* command = command_of(words);
        REQUIRE_MESSAGE(command != nullptr, line);
        commands.emplace(command->name);
        const snapshot::Contents before = state_->file().contents();
        const Printed first = terminal_.run(argv);
        INFO(line << "\n" << first.error);
        CHECK(first.exit_code == 0);
        const Json changes = snapshot::differences(before, state_->file().contents());
        if (changes.empty()) return {};
        const snapshot::Undone undone = state_->file().undo();
        CHECK(undone.name == command->name);
        CHECK(compact(snapshot::differences(before, undone.after)) == "[]");
        const Printed second = terminal_.run(argv);
        CHECK(second.out == first.out);
        CHECK(compact(snapshot::differences(before, state_->file().contents())) == compact(changes));
        return told(changes);
    }

    Terminal terminal_;
    std::map<std::string, std::string> variables_;
    Reader reader_;
    std::unique_ptr<State> state_;
};

}  // namespace

TEST_CASE("each command changes just what its line in changes.txt says, can be taken back, and done again") {
    Story story = read_story();
    Telling telling;
    std::string anew = story.head;
    for (const Line& line : story.lines) {
        const std::vector<std::string> changes = telling.tell(line.text);
        INFO(line.text);
        CHECK(join(changes, "\n") == join(line.expected, "\n"));
        anew += line.text + (line.text.ends_with('\n') ? "" : "\n");
        for (const std::string& change : changes) anew += "    " + change + "\n";
    }
    for (const spec::Command* command : spec::commands()) {
        const bool exempt = std::find(std::begin(without_line), std::end(without_line), command->name) !=
                            std::end(without_line);
        if (command->reads || command->stateless || exempt) continue;
        CHECK_MESSAGE(telling.commands.contains(std::string(command->name)),
                      fmt::format("changes.txt has no line for: {}", command->name));
    }
    if (std::getenv("AZID_UPDATE_SCRIPTS") != nullptr) std::ofstream(story_path) << anew;
}

TEST_CASE("docs/state.schema.json is what 'state schema' prints") {
    Terminal terminal;
    CHECK(terminal.run({"state", "schema"}).out == contents(AZID_SOURCE_DIR "/docs/state.schema.json"));
}

}  // namespace azid::test
