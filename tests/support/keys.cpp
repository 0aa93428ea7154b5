#include "support/keys.hpp"

#include "core/crypto/rsa_key.hpp"

#include <map>
#include <utility>

namespace azid::test {

const std::string& rsa_key_pem(int n) {
    static std::map<int, std::string> made;
    std::string& pem = made[n];
    if (pem.empty()) pem = crypto::new_rsa_key_pem();
    return pem;
}

crypto::PrivateKey rsa_key(int n) { return std::move(*crypto::PrivateKey::from_pem(rsa_key_pem(n))); }

}  // namespace azid::test
