#include "core/msi/claims_expression.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace azid::msi {

namespace {

bool match(std::string_view expression, const Json& claims) {
    const std::optional<std::vector<ClaimsTerm>> terms = parse_claims_expression(expression);
    REQUIRE(terms);
    return claims_match(*terms, claims);
}

}  // namespace

TEST_CASE("a claims expression asks for texts, with wildcards where it says matches") {
    const Json claims{{"sub", "repo:me/app:ref:refs/heads/main"}, {"actor", "ann"}, {"number", 1}};
    CHECK(match("claims['actor'] eq 'ann'", claims));
    CHECK_FALSE(match("claims['actor'] eq 'Ann'", claims));
    CHECK(match("claims['sub'] matches 'repo:me/*'", claims));
    CHECK(match("claims['sub'] matches '*heads/mai?'", claims));
    CHECK_FALSE(match("claims['sub'] matches 'repo:you/*'", claims));
    CHECK_FALSE(match("claims['sub'] eq 'repo:me/*'", claims));
    CHECK(match("claims['actor'] eq 'ann' and claims['sub'] matches 'repo:*:ref:*'", claims));
    CHECK_FALSE(match("claims['actor'] eq 'ann' and claims['sub'] eq 'x'", claims));
    CHECK_FALSE(match("claims['number'] eq '1'", claims));
    CHECK_FALSE(match("claims['absent'] matches '*'", claims));
}

TEST_CASE("what is no claims expression is not taken for one") {
    for (const char* text : {"", "claims['sub']", "claims[sub] eq 'x'", "claims['sub'] is 'x'",
                             "claims['sub'] eq 'x' or claims['a'] eq 'b'", "claims['sub'] eq 'x' and",
                             "claims['sub'] eq ''", "claims['sub'] eq 'x"})
        CHECK_FALSE(parse_claims_expression(text));
}

}  // namespace azid::msi
