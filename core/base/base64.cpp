#include "core/base/base64.hpp"

#include <array>

namespace azid {

namespace {

constexpr std::string_view plain_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr unsigned char no_digit = 64;

// What each octet stands for as a digit of either kind.
constexpr std::array<unsigned char, 256> values = [] {
    std::array<unsigned char, 256> table{};
    table.fill(no_digit);
    for (unsigned char value = 0; value < no_digit; ++value)
        for (const std::string_view digits : {plain_digits, url_digits})
            table[static_cast<unsigned char>(digits[value])] = value;
    return table;
}();

// Without padding: three octets become four digits, and what is left over one digit more than it has octets.
std::string encoded(std::string_view bytes, const char* digits) {
    std::string text((bytes.size() * 4 + 2) / 3, '\0');
    char* out = text.data();
    unsigned group = 0;
    int bits = 0;
    for (const char c : bytes) {
        group = group << 8 | static_cast<unsigned char>(c);
        bits += 8;
        for (; bits >= 6; *out++ = digits[group >> bits & 63]) bits -= 6;
    }
    if (bits > 0) *out = digits[group << (6 - bits) & 63];
    return text;
}

std::string hex(std::string_view bytes, const char* digits) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const unsigned char byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}
}  // namespace

std::string base64(std::string_view bytes) {
    std::string text = encoded(bytes, plain_digits.data());
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

std::string base64url(std::string_view bytes) { return encoded(bytes, url_digits.data()); }

std::optional<std::string> from_base64(std::string_view text) {
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    if (text.size() % 4 == 1) return {};
    std::string bytes(text.size() * 3 / 4, '\0');
    char* out = bytes.data();
    unsigned group = 0;
    int bits = 0;
    for (const char c : text) {
        const unsigned char value = values[static_cast<unsigned char>(c)];
        if (value == no_digit) return {};
        group = group << 6 | value;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        *out++ = static_cast<char>(group >> bits);
    }
    return bytes;
}

std::string hex_lower(std::string_view bytes) { return hex(bytes, "0123456789abcdef"); }
std::string hex_upper(std::string_view bytes) { return hex(bytes, "0123456789ABCDEF"); }

}  // namespace azid
