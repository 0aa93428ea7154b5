// RSA keys, their signatures as JWTs use them (RFC 7518), and digests. Knows neither time nor certificates.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace azid::crypto {

// What OpenSSL keeps of a key; defined in the source file only.
struct KeyHandle;

// The two signature algorithms that Microsoft Entra ID accepts in client assertions; its own tokens are
// RS256.
enum class Algorithm { rs256, ps256 };

// "RS256" or "PS256", as the "alg" of a JWT header.
std::string_view name_of(Algorithm algorithm);
// The algorithm of that exact name; empty for every other, so for "none" and the HMAC ones.
std::optional<Algorithm> algorithm_named(std::string_view name);

class PublicKey {
  public:
    explicit PublicKey(std::unique_ptr<KeyHandle> handle);
    PublicKey(PublicKey&&) noexcept;
    PublicKey& operator=(PublicKey&&) noexcept;
    ~PublicKey();

    // From "BEGIN PUBLIC KEY" text. Empty when it is not such a text or not an RSA key.
    static std::optional<PublicKey> from_pem(std::string_view pem);
    // From "n" and "e" of a JWK (base64url). Empty when they are not numbers or make no key of 2048 bits or
    // more.
    static std::optional<PublicKey> from_jwk(std::string_view modulus, std::string_view exponent);

    // Whether the signature is this key's over the text. A malformed signature is simply false.
    bool verify(Algorithm algorithm, std::string_view text, std::string_view signature) const;
    bool verify_rs256(std::string_view text, std::string_view signature) const;
    bool verify_ps256(std::string_view text, std::string_view signature) const;

    // "n" and "e" of the key's JWK, base64url without padding and leading zero bytes (RFC 7518 6.3.1).
    std::string modulus() const;
    std::string exponent() const;
    std::string pem() const;

    const KeyHandle& handle() const { return *handle_; }

  private:
    std::unique_ptr<KeyHandle> handle_;
};

class PrivateKey {
  public:
    explicit PrivateKey(std::unique_ptr<KeyHandle> handle);
    PrivateKey(PrivateKey&&) noexcept;
    PrivateKey& operator=(PrivateKey&&) noexcept;
    ~PrivateKey();

    // From unencrypted PKCS#8 (or PKCS#1) PEM. Empty when it is not such a text or not an RSA key.
    static std::optional<PrivateKey> from_pem(std::string_view pem);

    // The raw signature bytes over the text.
    std::string sign(Algorithm algorithm, std::string_view text) const;
    std::string sign_rs256(std::string_view text) const;
    std::string sign_ps256(std::string_view text) const;

    // PKCS#8 PEM.
    std::string pem() const;
    PublicKey public_key() const;

    const KeyHandle& handle() const { return *handle_; }

  private:
    std::unique_ptr<KeyHandle> handle_;
};

// Raw digests: 20 and 32 bytes.
std::string sha1(std::string_view bytes);
std::string sha256(std::string_view bytes);

}  // namespace azid::crypto
