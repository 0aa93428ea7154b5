// How a client proves itself to the token endpoint without a secret: a JWT signed with its certificate's key
// (Microsoft's "certificate credentials"), or one of another issuer that a federated credential trusts.
#pragma once

#include "core/entra/model.hpp"

#include <string>
#include <string_view>

namespace azid {
struct Session;
}

namespace azid::entra {

struct AssertionCheck {
    std::string host;  // that the request was sent to
    Tenant tenant;
    ServicePrincipal client;
};

struct VerifiedAssertion {
    std::string algorithm;   // "RS256" or "PS256"
    std::string thumbprint;  // SHA-1 of the certificate, upper-case hexadecimal; empty for a federated one
    std::string host_id;     // the VM that the metadata service signed for ("xms_az_rid"); empty otherwise
};

// Verifies the assertion for the client: signature by one of its certificates, issuer and subject, audience,
// time. Throws the refusal (AADSTS50027, 700021, 700023, 700024, 700027, 70021x) where anything is wrong.
VerifiedAssertion verify_client_assertion(Session& session, const AssertionCheck& check,
                                          std::string_view assertion);

}  // namespace azid::entra
