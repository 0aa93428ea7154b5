// X.509 certificates of service principals and of the token service's signing keys. Whoever calls says when
// they are valid: nothing here knows the time.
#pragma once

#include "core/base/time.hpp"
#include "core/crypto/key.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace azid::crypto {

struct CertificateRequest {
    std::string common_name;  // the subject (and issuer) is CN=<this>
    Instant not_before;       // whole seconds count
    Instant not_after;
    std::string serial;  // random bytes, at most 20 used (RFC 5280); the sign bit is cleared
};

class Certificate {
  public:
    struct Handle;
    explicit Certificate(std::shared_ptr<const Handle> handle);

    // Makes a self-signed version 3 certificate (SHA-256 with RSA) for digital signatures.
    static Certificate self_signed(const CertificateRequest& request, const PrivateKey& key);
    // Empty when the text holds no readable certificate.
    static std::optional<Certificate> from_pem(std::string_view pem);
    static std::optional<Certificate> from_der(std::string_view der);

    const std::string& der() const;
    std::string pem() const;

    // "CN=..." as Microsoft Graph shows it in a key credential's displayName.
    const std::string& subject() const;
    Instant not_before() const;
    Instant not_after() const;
    // Upper-case hexadecimal.
    std::string serial() const;
    // Throws std::runtime_error when it is not an RSA key.
    PublicKey public_key() const;

    // SHA-1 of the DER as 40 upper-case digits: Graph's customKeyIdentifier, the thumbprint in AADSTS700027.
    std::string thumbprint() const;
    // The header values "x5t" and "x5t#S256" of a JWT signed with its key (RFC 7515 4.1.7 and 4.1.8).
    std::string x5t() const;
    const std::string& x5t_s256() const;

  private:
    std::shared_ptr<const Handle> handle_;
};

}  // namespace azid::crypto
