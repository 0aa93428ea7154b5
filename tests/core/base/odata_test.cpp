#include "core/base/odata.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string_view>

using namespace azid;

namespace {

const Json id1 =
    Json::parse(R"({"displayName":"id1","appId":"72d9058d-aac6-5b5e-b55b-a099b8327e0d","enabled":true,
    "mail":null,"servicePrincipalNames":["72d9058d-aac6-5b5e-b55b-a099b8327e0d","https://identity.azure.net/x="],
    "keys":[{"usage":"Verify"}],"created":"2024-01-02T03:04:05Z","quote":"O'Hara"})");

bool passes(std::string_view text) {
    const std::optional<ODataFilter> filter = ODataFilter::parse(text);
    REQUIRE(filter);
    return filter->matches(id1);
}

}  // namespace

TEST_CASE("a filter finds objects by the forms that az sends") {
    CHECK(passes("displayName eq 'id1'"));
    CHECK(passes("appId eq '72D9058D-aac6-5b5e-b55b-a099b8327e0d'"));
    CHECK(passes("servicePrincipalNames/any(c:c eq '72d9058d-aac6-5b5e-b55b-a099b8327e0d')"));
    CHECK_FALSE(passes("servicePrincipalNames/any(c:c eq 'nosuch')"));
    CHECK(passes("startswith(displayName,'I')"));
    CHECK_FALSE(passes("startswith(displayName, 'd1')"));
    CHECK(passes("displayName eq 'zz' or displayName eq 'id1'"));
    CHECK_FALSE(passes("displayName eq 'id1' and mail ne null"));
}

TEST_CASE("a filter may nest, negate and compare") {
    CHECK(passes("not (displayName eq 'zz') and (enabled eq true or appId eq 'x')"));
    CHECK(passes("displayName in ('a', 'id1')"));
    CHECK(passes("endswith(displayName,'1') and contains(appId,'aac6')"));
    CHECK(passes("created ge 2024-01-01T00:00:00Z"));
    CHECK_FALSE(passes("created gt 2024-01-02T03:04:05Z"));
    CHECK(passes("keys/any(k:k/usage eq 'verify')"));
    CHECK(passes("quote eq 'O''Hara'"));
    CHECK(passes("nosuch eq null"));
    CHECK_FALSE(passes("nosuch gt 1"));
    CHECK(passes("'displayName' eq 'id1'"));
    CHECK_FALSE(passes("'displayName' eq 'id2'"));
}

TEST_CASE("a filter on a resource reaches into its properties") {
    const Json machine =
        Json::parse(R"({"name":"web","properties":{"virtualMachineScaleSet":{"id":"/x/y"}}})");
    CHECK(ODataFilter::parse("'virtualMachineScaleSet/id' eq '/X/y'")->matches(machine));
    CHECK_FALSE(ODataFilter::parse("virtualMachineScaleSet/id eq '/x/z'")->matches(machine));
}

TEST_CASE("what is no filter is refused") {
    for (const std::string_view text : {"", "displayName", "displayName eq", "displayName like 'x'", "eq 'x'",
                                        "displayName eq 'x", "(displayName eq 'x'", "displayName eq 'x' or",
                                        "frobnicate(displayName,'x')", "displayName eq 'x' 'y'"}) {
        CAPTURE(text);
        CHECK_FALSE(ODataFilter::parse(text));
    }
    CHECK_FALSE(ODataFilter::parse(std::string(5000, '(')));
}
