#include "core/crypto/certificate.hpp"

#include "core/base/base64.hpp"
#include "support/keys.hpp"
#include "support/openssl_tool.hpp"

#include <doctest/doctest.h>

using namespace azid;

namespace {

const std::string app_id = "d606a3e3-1e46-4cac-be63-71a6a9b7a21c";

crypto::Certificate sample(int key = 0) {
    const crypto::CertificateRequest request{
        .common_name = app_id,
        .not_before = *parse_utc("2024-09-25T10:49:00Z"),
        .not_after = *parse_utc("2024-12-24T10:49:00Z"),
        .serial = std::string("\xff\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f", 16),
    };
    return crypto::Certificate::self_signed(request, test::rsa_key(key));
}

}  // namespace

TEST_CASE("a certificate gives back what it was made of") {
    const crypto::Certificate certificate = sample();
    CHECK(certificate.subject() == "CN=" + app_id);
    CHECK(utc_seconds(certificate.not_before()) == "2024-09-25T10:49:00Z");
    CHECK(utc_seconds(certificate.not_after()) == "2024-12-24T10:49:00Z");
    CHECK(certificate.serial() == "7F0102030405060708090A0B0C0D0E0F");
    CHECK(certificate.public_key().pem() == test::rsa_key().public_key().pem());
}

TEST_CASE("thumbprints are digests of the DER form") {
    const crypto::Certificate certificate = sample();
    CHECK(certificate.thumbprint() == hex_upper(crypto::sha1(certificate.der())));
    CHECK(*from_base64(certificate.x5t()) == crypto::sha1(certificate.der()));
    CHECK(*from_base64(certificate.x5t_s256()) == crypto::sha256(certificate.der()));
    CHECK(certificate.x5t().size() == 27);
}

TEST_CASE("a certificate reads back from PEM and DER and from nothing else") {
    const crypto::Certificate certificate = sample();
    CHECK(crypto::Certificate::from_pem(certificate.pem())->der() == certificate.der());
    CHECK(crypto::Certificate::from_der(certificate.der())->pem() == certificate.pem());
    CHECK_FALSE(crypto::Certificate::from_der(certificate.der() + "x"));
    CHECK_FALSE(crypto::Certificate::from_der("x"));
    CHECK_FALSE(crypto::Certificate::from_pem(test::rsa_key_pem()));
}

TEST_CASE("openssl reads a certificate and agrees about it") {
    if (!test::has_openssl_tool()) {
        MESSAGE("skipped: no openssl program here");
        return;
    }
    const test::ToolFolder folder;
    const crypto::Certificate certificate = sample();
    folder.write("cert.pem", certificate.pem());
    const std::string text = test::openssl_tool(folder, "x509 -in cert.pem -noout -text");
    CHECK(text.find("Version: 3 (0x2)") != std::string::npos);
    CHECK(text.find("Signature Algorithm: sha256WithRSAEncryption") != std::string::npos);
    CHECK(text.find("Public-Key: (2048 bit)") != std::string::npos);
    CHECK(text.find("Not Before: Sep 25 10:49:00 2024 GMT") != std::string::npos);
    CHECK(text.find("Not After : Dec 24 10:49:00 2024 GMT") != std::string::npos);
    CHECK(text.find("X509v3 Key Usage: critical\n                Digital Signature") != std::string::npos);
    std::string colons;
    for (size_t i = 0; i < 40; i += 2) colons += (i == 0 ? "" : ":") + certificate.thumbprint().substr(i, 2);
    CHECK(test::openssl_tool(folder, "x509 -in cert.pem -noout -fingerprint -sha1") ==
          "sha1 Fingerprint=" + colons + "\n");
    const std::string at = std::to_string(unix_seconds(certificate.not_before()) + 60);
    CHECK(test::openssl_tool(folder, "verify -attime " + at + " -check_ss_sig -CAfile cert.pem cert.pem") ==
          "cert.pem: OK\n");
}
