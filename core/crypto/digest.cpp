#include "core/crypto/digest.hpp"

#include "core/crypto/openssl.hpp"

#include <openssl/evp.h>

namespace azid::crypto {

std::string md5(std::string_view bytes) {
    std::string digest(16, '\0');
    require(EVP_Digest(bytes.data(), bytes.size(), octets(digest), nullptr, EVP_md5(), nullptr) == 1, "MD5");
    return digest;
}

}  // namespace azid::crypto
