#include "core/base/scan.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace azid;

TEST_CASE("a text is plain up to the first character that JSON escapes, wherever that stands") {
    for (std::size_t size = 0; size < 20; ++size) {
        const std::string text(size, 'a');
        CHECK(plain_in_json(text) == size);
        for (std::size_t at = 0; at < size; ++at)
            for (int code = 0; code < 256; ++code) {
                std::string other = text;
                other[at] = static_cast<char>(code);
                const bool escaped = code < 0x20 || code == '"' || code == '\\';
                CHECK(plain_in_json(other) == (escaped ? at : size));
                CHECK(is_ascii(other) == (code < 0x80));
            }
    }
}
