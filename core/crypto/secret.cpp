#include "core/crypto/secret.hpp"

#include "core/base/base64.hpp"
#include "core/base/text.hpp"
#include "core/crypto/openssl.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <charconv>
#include <optional>
#include <vector>

namespace azid::crypto {

namespace {

constexpr std::string_view scheme = "pbkdf2-sha256";
// A few milliseconds: a learner's file deserves a real derivation, and each command line pays for it.
constexpr int rounds = 10000;
constexpr int most_rounds = 10000000;

std::string derive(std::string_view secret, std::string_view salt, int count) {
    std::string out(32, '\0');
    const int derived = PKCS5_PBKDF2_HMAC(secret.data(), static_cast<int>(secret.size()), octets(salt),
                                          static_cast<int>(salt.size()), count, EVP_sha256(),
                                          static_cast<int>(out.size()), octets(out));
    require(derived == 1, "key derivation");
    return out;
}

}  // namespace

std::string hash_secret(std::string_view secret, std::string_view salt) {
    return fmt::format("{}${}${}${}", scheme, rounds, base64url(salt),
                       base64url(derive(secret, salt, rounds)));
}

bool secret_matches(std::string_view secret, std::string_view hashed) {
    const std::vector<std::string> parts = split(hashed, '$');
    if (parts.size() != 4 || parts[0] != scheme) return false;
    int count = 0;
    const std::from_chars_result read =
        std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), count);
    const bool whole = read.ec == std::errc() && read.ptr == parts[1].data() + parts[1].size();
    const std::optional<std::string> salt = from_base64(parts[2]);
    const std::optional<std::string> hash = from_base64(parts[3]);
    if (!whole || count < 1 || count > most_rounds || !salt || !hash) return false;
    return constant_time_equals(derive(secret, *salt, count), *hash);
}

bool constant_time_equals(std::string_view left, std::string_view right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace azid::crypto
