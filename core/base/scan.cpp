#include "core/base/scan.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace azid {

namespace {

constexpr std::uint64_t each = 0x0101010101010101;  // times a character: that one in every place
constexpr std::uint64_t high_bits = each * 0x80;

std::uint64_t eight_at(const char* at) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, sizeof eight);
    return eight;
}

// Not zero where one of the eight is below the limit, which is at most 0x80; what is beyond ASCII is not.
constexpr std::uint64_t any_below(std::uint64_t eight, std::uint64_t limit) {
    return (eight - each * limit) & ~eight & high_bits;
}

constexpr bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

constexpr bool are_plain(std::uint64_t eight) {
    return (any_below(eight, 0x20) | any_below(eight ^ (each * '"'), 1) |
            any_below(eight ^ (each * '\\'), 1)) == 0;
}

static_assert(are_plain(0x4142434445464748) && are_plain(0xC3A4207E20212328));
static_assert(!are_plain(0x414243441F464748) && !are_plain(0x2242434445464748) &&
              !are_plain(0x414243444546475C) && !are_plain(0x4142430045464748));

}  // namespace

std::size_t plain_in_json(std::string_view text) {
    std::size_t at = 0;
    while (at + 8 <= text.size() && are_plain(eight_at(text.data() + at))) at += 8;
    while (at < text.size() && is_plain(text[at])) ++at;
    return at;
}

bool is_ascii(std::string_view text) {
    std::uint64_t seen = 0;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) seen |= eight_at(text.data() + at);
    for (; at < text.size(); ++at) seen |= static_cast<unsigned char>(text[at]);
    return (seen & high_bits) == 0;
}

}  // namespace azid
