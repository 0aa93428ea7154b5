// What a person at a terminal meets: questions, colours, pages; and that wrong lines leave no trace.
#include "support/terminal.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace azid;

TEST_CASE("a question is asked until it is answered with y or n") {
    test::Terminal terminal;
    terminal.run({"group", "create", "-n", "rg", "-l", "westeurope"});
    terminal.environment.stdin_is_terminal = true;
    terminal.answers = {"", "maybe", "N"};
    const test::Printed no = terminal.run({"group", "delete", "-n", "rg"});
    const std::string question = "Are you sure you want to perform this operation? (y/n): ";
    CHECK(no.exit_code == 1);
    CHECK(no.out == question + question + question);
    CHECK(no.error == "ERROR: Operation cancelled.\n");
    terminal.answers = {"Y"};
    const test::Printed yes = terminal.run({"group", "delete", "-n", "rg"});
    CHECK(yes.exit_code == 0);
    CHECK(yes.out == question);
    CHECK(terminal.run({"group", "exists", "-n", "rg"}).out == "false\n");
}

TEST_CASE("names are missed before anything is asked") {
    test::Terminal terminal;
    CHECK(terminal.run({"vm", "delete", "-g", "rg"}).error == "ERROR: (--name | --ids) are required\n");
}

TEST_CASE("a line that is not understood makes no state, whatever might be configured") {
    test::Terminal terminal;
    for (const std::vector<std::string>& argv : {std::vector<std::string>{"identity", "create", "-n", "x"},
                                                 {"group", "show", "--bogus"},
                                                 {"vm"},
                                                 {"group", "create", "--help"},
                                                 {"version"},
                                                 {"cloud", "show"},
                                                 {"find", "x"}})
        terminal.run(argv);
    CHECK_FALSE(std::filesystem::exists(terminal.state()));
}

TEST_CASE("a file that is no state does not hide what is wrong with the line") {
    test::Terminal terminal;
    test::write_file(terminal.state(), "no database, but long enough to be looked at");
    CHECK(terminal.run({"identity", "create", "-n", "x"})
              .error.starts_with("ERROR: the following arguments are required: --resource-group/-g\n"));
}

TEST_CASE("--verbose ends with the time taken, also after a failure, and --debug begins with the arguments") {
    test::Terminal terminal;
    const std::string ending = "INFO: Command ran in 0.000 seconds (init: 0.000, invoke: 0.000)\n";
    CHECK(terminal.run({"version", "--verbose"}).error == ending);
    CHECK(terminal.run({"cloud", "show", "-n", "x", "--verbose"}).error ==
          "ERROR: The cloud 'x' is not registered.\n" + ending);
    CHECK(terminal.run({"version", "--debug"}).error ==
          "DEBUG: cli.knack.cli: Command arguments: ['version', '--debug']\n" + ending);
}

TEST_CASE("warnings and errors have colours in place of words where both outputs are terminals") {
    test::Terminal terminal;
    terminal.environment.stdout_is_terminal = terminal.environment.stderr_is_terminal = true;
    CHECK(terminal.run({"upgrade"}).error.find("\x1b[93mThere is nothing to do") != std::string::npos);
    CHECK(terminal.run({"cloud", "show", "-n", "x"}).error ==
          "\x1b[91mThe cloud 'x' is not registered.\x1b[0m\n");
    terminal.variables["NO_COLOR"] = "1";
    CHECK(terminal.run({"cloud", "show", "-n", "x"}).error == "ERROR: The cloud 'x' is not registered.\n");
    terminal.variables.erase("NO_COLOR");
    terminal.variables["AZURE_CORE_NO_COLOR"] = "true";
    CHECK(terminal.run({"cloud", "show", "-n", "x"}).error == "ERROR: The cloud 'x' is not registered.\n");
}

TEST_CASE("a list is cut into pages that a token joins") {
    test::Terminal terminal;
    terminal.run({"group", "create", "-n", "rg", "-l", "westeurope"});
    terminal.run({"identity", "create", "-g", "rg", "-n", "app"});
    for (const std::string name : {"one", "two", "three"})
        terminal.run({"identity", "federated-credential", "create", "-g", "rg", "--identity-name", "app",
                      "-n", name, "--issuer", "https://x", "--subject", name});
    const std::vector<std::string> list{"identity",  "federated-credential", "list", "-g",
                                        "rg",        "--identity-name",      "app",  "--query",
                                        "length(@)", "--max-items"};
    const auto page = [&](std::vector<std::string> rest) {
        rest.insert(rest.begin(), list.begin(), list.end());
        return terminal.run(rest);
    };
    const std::string token = "eyJuZXh0X2xpbmsiOiBudWxsLCAib2Zmc2V0IjogMn0=";
    CHECK(page({"2"}).out == "2\n");
    CHECK(page({"2"}).error == "WARNING: Token of next page: " + token + "\n");
    CHECK(page({"2", "--next-token", token}).out == "1\n");
    CHECK(page({"2", "--next-token", token}).error == "");
    CHECK(page({"3"}).error == "");
    CHECK(page({"0"}).exit_code == 1);
    CHECK(page({"2", "--next-token", "nonsense"}).exit_code == 1);
}

TEST_CASE("a command with nothing to print does not mind an output format that nobody knows") {
    test::Terminal terminal;
    terminal.run({"group", "create", "-n", "rg", "-l", "westeurope"});
    CHECK(terminal.run({"config", "set", "core.output=papyrus"}).exit_code == 0);
    CHECK(terminal.run({"group", "show", "-n", "rg"})
              .error.starts_with("ERROR: 'papyrus' is no output format."));
    CHECK(terminal.run({"config", "set", "core.output=tsv"}).exit_code == 0);
    CHECK(terminal.run({"group", "exists", "-n", "rg"}).out == "true\n");
}
