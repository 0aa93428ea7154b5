#include "core/compute/ssh_key.hpp"

#include "core/base/base64.hpp"
#include "core/base/text.hpp"
#include "core/crypto/key.hpp"

#include <optional>
#include <vector>

namespace azid::compute {

namespace {

std::string length_prefixed(std::string_view bytes) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(static_cast<unsigned>(bytes.size()) >> shift & 255U);
    return out.append(bytes);
}

// A positive number: one whose first bit is set gets a zero byte in front (RFC 4251, 5).
std::string number(std::string_view big_endian) {
    std::string bytes(big_endian);
    if (!bytes.empty() && (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0) bytes.insert(0, 1, '\0');
    return length_prefixed(bytes);
}

}  // namespace

std::string ssh_public_key(const crypto::PublicKey& key) {
    const std::string exponent = from_base64(key.exponent()).value_or("");
    const std::string modulus = from_base64(key.modulus()).value_or("");
    return "ssh-rsa " + base64(length_prefixed("ssh-rsa") + number(exponent) + number(modulus));
}

bool is_ssh_public_key(std::string_view text) {
    const std::vector<std::string> words = split(trim(text), ' ');
    if (words.size() < 2 || (words[0] != "ssh-rsa" && words[0] != "ssh-ed25519")) return false;
    const std::optional<std::string> bytes = from_base64(words[1]);
    return bytes && bytes->starts_with(length_prefixed(words[0]));
}

}  // namespace azid::compute
