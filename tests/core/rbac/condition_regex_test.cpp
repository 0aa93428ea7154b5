#include "core/rbac/condition_regex.hpp"

#include "core/base/error.hpp"

#include <doctest/doctest.h>

#include <string>

using azid::rbac::condition::regex_search;

TEST_CASE("regular expressions search anywhere unless anchored") {
    CHECK(regex_search("b", "abc", false));
    CHECK_FALSE(regex_search("^b", "abc", false));
    CHECK(regex_search("^$", "", false));
    CHECK(regex_search("c$", "abc", false));
    CHECK_FALSE(regex_search("^abc$", "abcd", false));
}

TEST_CASE("regular expressions repeat, choose and group") {
    CHECK(regex_search("^(ab|c){2,3}$", "abcab", false));
    CHECK_FALSE(regex_search("^(ab|c){2,3}$", "c", false));
    CHECK_FALSE(regex_search("^(ab|c){2,3}$", "cccc", false));
    CHECK(regex_search("^a{2,}$", "aaaa", false));
    CHECK(regex_search("^x?(?:y+|z*)$", "xyy", false));
    CHECK(regex_search("^a.c$", "abc", false));
    CHECK_FALSE(regex_search("^a.c$", "a\nc", false));
}

TEST_CASE("regular expressions know classes and case") {
    CHECK(regex_search("^[a-c_-]+$", "ab-_c", false));
    CHECK_FALSE(regex_search("^[^a-c]+$", "xbx", false));
    CHECK(regex_search("^\\w+\\s\\d\\.$", "day 7.", false));
    CHECK(regex_search("^[\\d-]+$", "1-2", false));
    CHECK(regex_search("ABC", "xabcx", true));
    CHECK_FALSE(regex_search("ABC", "xabcx", false));
}

TEST_CASE("what is no regular expression is refused") {
    for (const char* bad :
         {"(", ")", "[a", "a{", "a{2", "a{3,2}", "*a", "\\", "[z-a]", "(?=a)", "\\q", "a{5000}"}) {
        CAPTURE(bad);
        CHECK_THROWS_AS(azid::rbac::condition::check_regex(bad), azid::Error);
    }
}
