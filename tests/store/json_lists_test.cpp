#include "store/json_lists.hpp"

#include "core/base/error.hpp"
#include "core/rbac/model.hpp"

#include <doctest/doctest.h>

using azid::rbac::Permission;
using azid::store::permissions_of;
using azid::store::permissions_text;

TEST_CASE("permissions read back as they were written") {
    const std::vector<Permission> written{
        {{"*"}, {"Microsoft.Authorization/*/Delete", "a\"b\\c"}, {}, {"é"}, "", ""},
        {{}, {}, {"Microsoft.Storage/*"}, {}, "@Resource[a] StringEquals 'b'", "2.0"}};
    const std::vector<Permission> read = permissions_of(permissions_text(written));
    REQUIRE(read.size() == 2);
    CHECK(read[0].actions == written[0].actions);
    CHECK(read[0].not_actions == written[0].not_actions);
    CHECK(read[0].data_actions.empty());
    CHECK(read[0].not_data_actions == written[0].not_data_actions);
    CHECK(read[1].data_actions == written[1].data_actions);
    CHECK(read[1].condition == written[1].condition);
    CHECK(read[1].condition_version == "2.0");
    CHECK(permissions_of("[]").empty());
}

TEST_CASE("what is no permission, no list or no text is passed over") {
    const std::vector<Permission> read = permissions_of(
        R"([1, ["actions"], {"actions": ["a", 2, ["b"], {"actions": ["c"]}, "d"], "other": ["e"], "notActions": "f",
            "dataActions": {"dataActions": ["g"]}, "condition": ["h"], "conditionVersion": 2}, {}])");
    REQUIRE(read.size() == 2);
    CHECK(read[0].actions == std::vector<std::string>{"a", "d"});
    CHECK(read[0].not_actions.empty());
    CHECK(read[0].data_actions.empty());
    CHECK(read[0].condition.empty());
    CHECK(read[0].condition_version.empty());
    CHECK(read[1].actions.empty());
    for (const char* const text : {"", "{}", "{\"actions\":[]}", "[", "[{]", "\"a\"", "[] []"})
        CHECK_THROWS_AS(permissions_of(text), azid::Error);
}
