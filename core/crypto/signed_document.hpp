// PKCS#7 signed data (RFC 2315, as RFC 5652 has it today).
#pragma once

#include "core/crypto/authority.hpp"

#include <string>
#include <string_view>

namespace azid::crypto {

// The content with the signature and the signer's certificate in one, DER. Throws std::runtime_error when the
// signer's texts are damaged.
std::string signed_document(std::string_view content, const KeyAndCertificate& signer);

}  // namespace azid::crypto
