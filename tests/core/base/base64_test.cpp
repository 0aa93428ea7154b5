#include "core/base/base64.hpp"

#include <doctest/doctest.h>

TEST_CASE("base64 reads both alphabets back") {
    CHECK(azid::from_base64(azid::base64url("\xfb\xff?")) == std::string("\xfb\xff?"));
    CHECK_FALSE(azid::from_base64("a*b"));
}
