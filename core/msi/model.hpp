// What the managed identity resource provider keeps beside the ARM resource.
#pragma once

#include "core/base/time.hpp"

#include <string>

namespace azid::msi {

// The credential of an identity's service principal. Its window is known from the beginning; key and
// certificate are made when they are first needed.
struct Certificate {
    std::string key_id;  // GUID, unrelated to the thumbprint
    std::string principal_id;
    Instant not_before;
    Instant not_after;
    std::string private_key;  // PEM; empty until made
    std::string certificate;  // DER; empty until made
    std::string thumbprint;   // SHA-1, upper-case hexadecimal; empty until made
};

struct FederatedCredential {
    std::string identity_id;  // ARM id of the user-assigned identity
    std::string name;
    std::string issuer;
    std::string subject;
    std::string audience;
    std::string claims_expression;  // in place of the subject; empty otherwise
    int claims_expression_version = 0;
};

}  // namespace azid::msi
