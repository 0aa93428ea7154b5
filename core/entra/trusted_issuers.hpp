// Public keys of outside token issuers. Entra fetches them from the issuer; a state has no network, so they
// are given to it.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::entra {

// Keeps the issuer's keys in place of what was known of them: a JSON Web Key Set, one JSON Web Key, or PEM
// text of public keys or certificates. Throws Error (fault::client) when the issuer is no https URL or there
// is no RSA key in the text.
TrustedIssuer trust_issuer(Session& session, const std::string& issuer, std::string_view keys);
std::vector<TrustedIssuer> trusted_issuers(Session& session);
// Throws Error (fault::client_not_found) when nothing is known of the issuer.
void distrust_issuer(Session& session, const std::string& issuer);

}  // namespace azid::entra
