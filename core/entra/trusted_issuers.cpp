#include "core/entra/trusted_issuers.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/key.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/registration_ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <stdexcept>

namespace azid::entra {

namespace {

[[noreturn]] void refuse(std::string message) { throw Error(fault::client, std::move(message)); }

Json web_key(const crypto::PublicKey& key) {
    return {{"kty", "RSA"}, {"use", "sig"}, {"n", key.modulus()}, {"e", key.exponent()}};
}

// One block of PEM text, a public key or a certificate; null when it is neither.
Json web_key_in(const std::string& pem) {
    if (const std::optional<crypto::PublicKey> key = crypto::PublicKey::from_pem(pem)) return web_key(*key);
    const std::optional<crypto::Certificate> certificate = crypto::Certificate::from_pem(pem);
    if (!certificate) return nullptr;
    try {
        return web_key(certificate->public_key());
    } catch (const std::runtime_error&) {
        return nullptr;
    }
}

Json keys_in_pem(std::string_view text) {
    constexpr std::string_view begin = "-----BEGIN ";
    Json keys = Json::array();
    for (size_t at = text.find(begin); at != std::string_view::npos;) {
        const size_t next = text.find(begin, at + begin.size());
        Json key =
            web_key_in(std::string(text.substr(at, next == std::string_view::npos ? next : next - at)));
        if (!key.is_null()) keys.push_back(std::move(key));
        at = next;
    }
    return keys;
}

Json keys_in_json(std::string_view text) {
    const Json parsed = Json::parse(text, nullptr, false);
    if (!parsed.is_object()) return Json::array();
    const Json given = parsed.contains("keys") ? parsed["keys"] : Json::array({parsed});
    Json keys = Json::array();
    for (const Json& key : given)
        if (key.is_object() && crypto::PublicKey::from_jwk(text_at(key, "n"), text_at(key, "e")))
            keys.push_back(key);
    return keys;
}

}  // namespace

TrustedIssuer trust_issuer(Session& session, const std::string& issuer, std::string_view keys) {
    if (!istarts_with(issuer, "https://"))
        refuse(fmt::format("'{}' is no issuer: it is the https URL that stands in the tokens' \"iss\".",
                           issuer));
    const Json found = trim(keys).starts_with('{') ? keys_in_json(keys) : keys_in_pem(keys);
    if (found.empty())
        refuse(
            "There is no RSA key of 2048 bits or more in it. Give a JSON Web Key Set, as issuers publish it "
            "at "
            "their jwks_uri, or public keys or certificates in PEM form.");
    TrustedIssuer trusted{issuer, compact(Json{{"keys", found}}), session.now};
    session.entra.registrations().save(trusted);
    session.note("entra", "issuer's keys kept", issuer);
    return trusted;
}

std::vector<TrustedIssuer> trusted_issuers(Session& session) {
    return session.entra.registrations().trusted_issuers();
}

void distrust_issuer(Session& session, const std::string& issuer) {
    if (!session.entra.registrations().erase_trusted_issuer(issuer))
        throw Error(fault::client_not_found, fmt::format("No keys of the issuer '{}' are known.", issuer));
    session.note("entra", "issuer's keys forgotten", issuer);
}

}  // namespace azid::entra
