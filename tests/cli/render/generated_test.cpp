#include "cli/render/generated.hpp"

#include "cli/render/completion.hpp"
#include "cli/render/help.hpp"
#include "cli/render/man.hpp"
#include "cli/render/page.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace azid;

namespace {

std::vector<std::string> suggested(const std::vector<std::string>& words) {
    std::vector<std::string> texts;
    for (const render::Candidate& candidate : render::completion_of(words).candidates)
        texts.push_back(candidate.text);
    return texts;
}

bool offers(const std::vector<std::string>& words, const std::string& text) {
    const std::vector<std::string> texts = suggested(words);
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace

TEST_CASE("long text is broken at blanks and goes on below itself") {
    CHECK(render::wrapped("short text", 10, 4) == "short text");
    const std::string words(60, 'a');
    CHECK(render::wrapped(words + " " + words, 4, 4) == words + "\n    " + words);
}

TEST_CASE("labels stand at the right end of the names' column") {
    const std::vector<render::Row> rows{{"--name -n", "[Required]", "A."}, {"--tags", "", "B."}};
    CHECK(render::listed(rows, render::name_width(rows)) ==
          "    --name -n [Required] : A.\n    --tags               : B.\n");
}

TEST_CASE("a command's help has az's layout") {
    const std::string help = render::command_help(*spec::find_command("version"));
    CHECK(
        help.starts_with("\nCommand\n    azid version : Print the version of the az that is imitated.\n\n"
                         "Global Arguments\n    --debug "));
    CHECK(help.find("\nExamples\n    Print the version of the az that is imitated\n        azid version") !=
          std::string::npos);
}

TEST_CASE("a configured default shows and makes an option no longer required") {
    const auto configured = [](std::string_view name) -> std::optional<std::string> {
        if (name == "group") return "rg1";
        return {};
    };
    const spec::Command& command = *spec::find_command("group show");
    CHECK(render::command_help(command).find("-g -n [Required] :") != std::string::npos);
    CHECK(render::command_help(command, configured).find("Config: rg1.") != std::string::npos);
    CHECK(render::command_help(command, configured).find("[Required]") == std::string::npos);
}

TEST_CASE("azid's own help begins with five lines to begin with, and lists what it adds to az") {
    std::istringstream help(render::root_help());
    for (int i = 0; i < 5; ++i) {
        std::string line;
        std::getline(help, line);
        CHECK(line.find("azid ") != std::string::npos);
    }
    for (const spec::Command* command : spec::commands()) {
        if (!command->own) continue;
        CAPTURE(command->name);
        CHECK(render::root_help().find("\n    " + std::string(command->name) + " ") != std::string::npos);
    }
}

TEST_CASE("words, options and choices are completed") {
    CHECK(offers({"gr"}, "group"));
    CHECK(offers({"group", ""}, "create"));
    CHECK(suggested({"group", "cr"}) == std::vector<std::string>{"create"});
    CHECK(offers({"group", "create", ""}, "--location"));
    CHECK(suggested({"group", "create", "--loc"}) == std::vector<std::string>{"--location"});
    CHECK(suggested({"group", "create", "-o", "ta"}) == std::vector<std::string>{"table"});
    CHECK(suggested({"group", "create", "--output=ta"}) == std::vector<std::string>{"--output=table"});
    CHECK(render::completion_of({"group", "create", "-l", "w"}).kind == "location");
    CHECK(render::completion_of({"identity", "show", "-g", "rg1", "-n", "x"}).group == "rg1");
    CHECK(suggested({"nothing", "of", "it"}).empty());
    CHECK(!suggested({}).empty());
}

TEST_CASE("every shell has a script, no other word has") {
    for (const char* shell : {"bash", "zsh", "fish", "powershell"})
        CHECK(render::completion_script(shell).find("azid completion suggest") != std::string_view::npos);
    CHECK(render::completion_script("sh").empty());
}

TEST_CASE("manual pages hide nothing from roff") {
    const std::string page = render::man_page(*spec::find_command("group create"));
    CHECK(page.starts_with(".TH AZID\\-GROUP\\-CREATE 1 "));
    CHECK(page.find(".B \\-l, \\-\\-location REGION\n") != std::string::npos);
    CHECK(page.find("\n'") == std::string::npos);
}

TEST_CASE("the committed files are those that the tables give") {
    const std::filesystem::path root = AZID_SOURCE_DIR;
    if (!std::filesystem::exists(root / "docs/coverage.md")) {
        MESSAGE("skipped: nothing is committed yet; ./dev generate writes the files");
        return;
    }
    for (const render::GeneratedFile& file : render::generated_files()) {
        CAPTURE(file.path);
        std::ifstream committed(root / file.path, std::ios::binary);
        std::ostringstream text;
        text << committed.rdbuf();
        CHECK_MESSAGE(text.str() == file.text, "run ./dev generate");
    }
}
