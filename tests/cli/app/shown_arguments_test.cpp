#include "cli/app/shown_arguments.hpp"

#include <doctest/doctest.h>

using azid::app::shown_arguments;

TEST_CASE("--debug tells what a command is about, and no secret of it") {
    CHECK(shown_arguments(
              {"--debug", "vm", "create", "-g", "rg", "--name=web", "--admin-password", "pw", "-p", "x"}) ==
          "['--debug', 'vm', 'create', '-g', 'rg', '--name=web', '--admin-password', '...', '-p', '...']");
    CHECK(shown_arguments({"login", "--pass=pw", "-ppw", "--scripts", "one", "two", "-n", "a", "b"}) ==
          "['login', '--pass=...', '-p...', '--scripts', '...', '...', '-n', 'a', 'b']");
    CHECK(shown_arguments({"exec", "--vm", "web", "--", "curl", "-H", "Authorization: x"}) ==
          "['exec', '--vm', 'web', '--', '...', '...', '...']");
    CHECK(shown_arguments({"token", "decode", "eyJhbGciOi.x.y"}) == "['token', 'decode', '...']");
}
