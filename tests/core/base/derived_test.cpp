#include "core/base/derived.hpp"

#include "core/base/base64.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace azid {

TEST_CASE("what is derived from a text is always the same, and another one's is another") {
    CHECK(derived_guid("a") == "46664f48-6d4d-4d7c-a8e8-3c810755eb3e");
    CHECK(hex_lower(derived_bytes("\xff", 5)) == "87cefcc603");
    CHECK(derived_bytes("", 0).empty());
    std::set<std::string> seen;
    for (int i = 0; i < 20000; ++i) {
        seen.insert(derived_guid("identity-" + std::to_string(i)));
        seen.insert(derived_guid(std::to_string(i) + "/identity"));
    }
    CHECK(seen.size() == 40000);
}

}  // namespace azid
