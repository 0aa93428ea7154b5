#include "core/crypto/digest.hpp"

#include "core/crypto/openssl.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace azid::crypto {

std::string md5(std::string_view bytes) {
    std::string digest(16, '\0');
    require(EVP_Digest(bytes.data(), bytes.size(), octets(digest), nullptr, EVP_md5(), nullptr) == 1, "MD5");
    return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
    std::string code(32, '\0');
    unsigned int size = 0;
    const unsigned char* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(text),
                                     text.size(), octets(code), &size);
    require(made != nullptr && size == code.size(), "HMAC");
    return code;
}

}  // namespace azid::crypto
