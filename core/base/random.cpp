#include "core/base/random.hpp"

#include "core/base/base64.hpp"

namespace azid {

std::string new_hex(Random& random, std::size_t digits) {
    return hex_lower(random.bytes((digits + 1) / 2)).substr(0, digits);
}

std::string new_guid(Random& random) {
    std::string bytes = random.bytes(16);
    bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0F) | 0x40);
    bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3F) | 0x80);
    std::string text = hex_lower(bytes);
    for (const std::size_t at : {8, 13, 18, 23}) text.insert(at, 1, '-');
    return text;
}

}  // namespace azid
