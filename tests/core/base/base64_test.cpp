#include "core/base/base64.hpp"

#include <doctest/doctest.h>

TEST_CASE("base64 is as in RFC 4648, section 10") {
    const std::pair<std::string, std::string> vectors[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (const auto& [bytes, text] : vectors) {
        CHECK(azid::base64(bytes) == text);
        CHECK(azid::base64url(bytes) == text.substr(0, text.find('=')));
        CHECK(azid::from_base64(text) == bytes);
        CHECK(azid::from_base64(azid::base64url(bytes)) == bytes);
    }
}

TEST_CASE("base64 gives every octet back") {
    std::string all;
    for (int octet = 0; octet < 256; ++octet) all += static_cast<char>(octet);
    for (int begin = 0; begin < 3; ++begin) {
        const std::string some = all.substr(static_cast<std::size_t>(begin));
        CHECK(azid::from_base64(azid::base64(some)) == some);
        CHECK(azid::from_base64(azid::base64url(some)) == some);
        CHECK(azid::base64url(some).find_first_of("+/=") == std::string::npos);
    }
}

TEST_CASE("base64 reads both alphabets, and nothing else") {
    CHECK(azid::base64("\xfb\xff?") == "+/8/");
    CHECK(azid::base64url("\xfb\xff?") == "-_8_");
    CHECK(azid::from_base64("+/8/") == azid::from_base64("-_8_"));
    for (const char* text : {"a*bc", "a bc", "ab=c", "a", "abcde", "ab\xc3\xa4"})
        CHECK_FALSE(azid::from_base64(text));
    CHECK_FALSE(azid::from_base64(std::string_view("ab\0c", 4)));
}
