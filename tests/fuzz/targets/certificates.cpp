// A certificate as a client may give one: DER, PEM, or anything.
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/key.hpp"
#include "core/entra/credentials.hpp"
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/box.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <stdexcept>
#include <string>

namespace azid::fuzz { namespace {

void check(const crypto::Certificate& certificate) {
    constexpr std::size_t digits = 40;
    require(certificate.thumbprint().size() == digits, "a thumbprint is SHA-1");
    const std::string der = certificate.der();
    const std::optional<crypto::Certificate> again = crypto::Certificate::from_der(der);
    require(again && again->der() == der, "DER reads back as itself");
    const std::optional<crypto::Certificate> armoured = crypto::Certificate::from_pem(certificate.pem());
    require(armoured && armoured->thumbprint() == certificate.thumbprint(),
            "PEM reads back as the same certificate");
    (void)certificate.subject();
    (void)certificate.serial();
    (void)certificate.x5t();
    (void)certificate.x5t_s256();
    (void)certificate.not_before();
    (void)certificate.not_after();
    try {
        (void)certificate.public_key();
        reached("a certificate with an RSA key");
    } catch (const std::runtime_error&) {
        reached("a certificate with another key");
    }
}

void take(std::string_view bytes) {
    const std::optional<crypto::Certificate> der = crypto::Certificate::from_der(bytes);
    const std::optional<crypto::Certificate> pem = crypto::Certificate::from_pem(bytes);
    if (der) check(*der);
    if (pem) check(*pem);
    if (const std::optional<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(bytes)) {
        require(crypto::PrivateKey::from_pem(key->pem()).has_value(), "a key reads back");
        reached("a key");
    }
    Box& box = Box::only();
    box.try_out(box.admin(), [&](Session& session) {
        const Json one{{"key", base64(bytes)}, {"type", "AsymmetricX509Cert"}, {"usage", "Verify"}};
        try {
            entra::replace_keys(session, box.value("app-id"), Json::array({one}));
            require(der.has_value() || pem.has_value(), "only a certificate becomes a credential");
            reached("a credential");
        } catch (const Error& error) {
            require(error.fault().http_status == 400, "what is no certificate is the client's mistake",
                    error.message());
            reached(error.message());
        }
    });
}

const Registration registration({"certificates", take});

}}  // namespace azid::fuzz
