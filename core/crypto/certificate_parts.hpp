// What every certificate of ours is put together from, shared by the sources of this folder.
#pragma once

#include "core/base/time.hpp"
#include "core/crypto/openssl.hpp"

#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

namespace azid::crypto {

using X509Owner = std::unique_ptr<X509, Release<X509_free>>;
using NameOwner = std::unique_ptr<X509_NAME, Release<X509_NAME_free>>;

// The distinguished name CN=<text>.
NameOwner common_name(std::string_view text);
void set_time(ASN1_TIME* field, Instant instant);
// From random bytes, at most 20 used (RFC 5280); the sign bit is cleared.
void set_serial(X509* certificate, std::string serial);
// The value is in OpenSSL's configuration syntax.
void add_extension(X509* certificate, X509* issuer, int kind, const char* value);

}  // namespace azid::crypto
