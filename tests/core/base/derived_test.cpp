#include "core/base/derived.hpp"

#include "core/base/base64.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace azid {

TEST_CASE("what is derived from a text is always the same, and another one's is another") {
    CHECK(derived_guid("a") == "9ee2e2fb-ea96-48aa-b691-1e6640d9853e");
    CHECK(hex_lower(derived_bytes("\xff", 5)) == "72fb4e69ed");
    CHECK(derived_bytes("", 0).empty());
    std::set<std::string> seen;
    for (int i = 0; i < 20000; ++i) {
        seen.insert(derived_guid("identity-" + std::to_string(i)));
        seen.insert(derived_guid(std::to_string(i) + "/identity"));
    }
    CHECK(seen.size() == 40000);
}

}  // namespace azid
