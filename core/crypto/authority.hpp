// A certificate authority of azid's own, whose TLS certificates let Azure's clients speak to a served state.
// It may sign for few names only, and its keys are elliptic (P-256), so that making one takes no time.
#pragma once

#include "core/base/time.hpp"

#include <span>
#include <string>
#include <string_view>

namespace azid::crypto {

struct KeyAndCertificate {
    std::string key_pem;  // PKCS#8
    std::string certificate_pem;
};

struct Validity {
    Instant not_before;  // whole seconds count
    Instant not_after;
};

// A new authority, name-constrained (RFC 5280 4.2.1.10) to the domains and what is below them, and to the
// loopback and IMDS addresses. The serial is random bytes.
KeyAndCertificate new_authority(std::string_view common_name, std::span<const std::string_view> domains,
                                const Validity& validity, const std::string& serial);

// A certificate of the authority for a TLS server of that host name, or IP address. Throws std::runtime_error
// when the authority's texts are damaged.
KeyAndCertificate server_certificate(const KeyAndCertificate& authority, const std::string& host,
                                     const Validity& validity, const std::string& serial);

// Whether an authority constrained to these domains may sign for the name: it is one of them or below one, is
// "localhost", or an address of the loopback network.
bool may_sign(std::span<const std::string_view> domains, std::string_view host);

}  // namespace azid::crypto
