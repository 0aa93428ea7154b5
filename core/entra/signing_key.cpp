#include "core/entra/signing_key.hpp"

#include "core/base/base64.hpp"
#include "core/base/keys.hpp"
#include "core/base/random.hpp"
#include "core/base/session.hpp"
#include "core/crypto/certificate.hpp"
#include "core/entra/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace azid::entra {

namespace {

// As the certificates in Microsoft's own key set: this subject, about five years.
constexpr const char* subject = "accounts.accesscontrol.windows.net";
constexpr std::chrono::days validity{5 * 365};
// Before a certificate ends there is another, so that every token can be verified while it is valid.
constexpr std::chrono::days renewal{30};

}  // namespace

SigningKey ensure_signing_key(Session& session, std::string_view tenant) {
    for (SigningKey& key : session.entra.signing_keys(tenant))
        if (session.now < key.created + validity - renewal) return std::move(key);
    const std::string pem = session.keys.take();
    const std::optional<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(pem);
    if (!key) throw std::runtime_error("the key pool gave no key");
    const crypto::Certificate certificate = crypto::Certificate::self_signed(
        {subject, session.now, session.now + validity, session.random.bytes(16)}, *key);
    const SigningKey made{.tenant_id = std::string(tenant),
                          .kid = certificate.x5t(),
                          .private_key = pem,
                          .certificate = certificate.der(),
                          .created = session.now};
    session.entra.save(made);
    session.note("entra", "signing key made", made.kid);
    return made;
}

std::optional<SigningKey> find_signing_key(Store& store, std::string_view tenant, std::string_view kid) {
    for (SigningKey& key : store.signing_keys(tenant))
        if (key.kid == kid) return std::move(key);
    return {};
}

Json json_web_key_set(Store& store, std::string_view tenant, bool v2) {
    Json keys = Json::array();
    for (const SigningKey& key : store.signing_keys(tenant)) {
        const std::optional<crypto::Certificate> certificate = crypto::Certificate::from_der(key.certificate);
        if (!certificate) continue;
        const crypto::PublicKey half = certificate->public_key();
        Json entry{{"kty", "RSA"},
                   {"use", "sig"},
                   {"kid", key.kid},
                   {"x5t", key.kid},
                   {"n", half.modulus()},
                   {"e", half.exponent()},
                   {"x5c", Json::array({base64(key.certificate)})},
                   {"cloud_instance_name", "microsoftonline.com"}};
        if (v2) entry["issuer"] = fmt::format("https://login.microsoftonline.com/{}/v2.0", tenant);
        keys.push_back(std::move(entry));
    }
    return Json{{"keys", std::move(keys)}};
}

}  // namespace azid::entra
