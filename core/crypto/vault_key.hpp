// The keys of a vault: RSA and elliptic curve keys, their numbers as JSON Web Keys have them (RFC 7518), and
// what Key Vault does with them. Knows neither vaults nor versions.
#pragma once

#include "core/crypto/key.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace azid {
class Random;
}

namespace azid::crypto {

// Big-endian bytes; empty texts for what a kind of key has not.
struct KeyNumbers {
    std::string kind;   // "RSA" or "EC"
    std::string curve;  // of an EC key: "P-256", "P-384", "P-521", "P-256K"
    std::string n, e;
    std::string x, y;
    std::string d, p, q, dp, dq, qi;  // the private half
};

class VaultKey {
  public:
    explicit VaultKey(std::unique_ptr<KeyHandle> handle);
    VaultKey(VaultKey&&) noexcept;
    VaultKey& operator=(VaultKey&&) noexcept;
    ~VaultKey();

    // From a private key's PEM, encrypted or not. Empty when it is no such text, the pass phrase is wrong, or
    // it is neither an RSA key nor one of the four curves.
    static std::optional<VaultKey> from_pem(std::string_view pem, std::string_view pass_phrase = {});
    // From numbers, without the private half a public key. Empty when they make no key.
    static std::optional<VaultKey> from_numbers(const KeyNumbers& numbers);

    // With the private half where the key has one.
    KeyNumbers numbers() const;
    int bits() const;
    std::string pem() const;  // PKCS#8
    std::string public_pem() const;
    std::string public_der() const;

    // Key Vault's "RS256", "PS512", "ES256K"... over a digest that the caller made; signatures of EC keys are
    // r and s one behind the other (RFC 7518 3.4). The algorithm must fit the key, the digest the algorithm.
    // What the algorithm draws comes from the dice, where there are any, or else from OpenSSL.
    std::string sign(std::string_view algorithm, std::string_view digest, Random* dice = nullptr) const;
    bool verify(std::string_view algorithm, std::string_view digest, std::string_view signature) const;

    // "RSA-OAEP", "RSA-OAEP-256", "RSA1_5". Empty when the text is too long for the key, or no such cipher.
    std::optional<std::string> encrypt(std::string_view algorithm, std::string_view text,
                                       Random* dice = nullptr) const;
    std::optional<std::string> decrypt(std::string_view algorithm, std::string_view cipher) const;

  private:
    std::unique_ptr<KeyHandle> handle_;
};

// Bytes of the digest that a signature algorithm takes; 0 for an algorithm that is not Key Vault's.
std::size_t digest_size(std::string_view algorithm);
// Whether the algorithm is one for such keys: RS and PS for "RSA", ES256 for "EC" of P-256, and so on.
bool signs_with(std::string_view algorithm, std::string_view kind, std::string_view curve);
// Whether it is one of the RSA encryption algorithms.
bool is_encryption(std::string_view algorithm);
// Whether Key Vault has keys on that curve.
bool is_curve(std::string_view curve);

// A new EC key as PKCS#8 PEM, of these random bytes; quick enough for a transaction.
std::string new_ec_key_pem(std::string_view curve, Random& random);

}  // namespace azid::crypto
