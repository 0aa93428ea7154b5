#include "core/crypto/authority.hpp"

#include "core/crypto/certificate.hpp"
#include "support/openssl_tool.hpp"

#include <doctest/doctest.h>

using namespace azid;

namespace {

constexpr std::string_view domains[] = {"azure.com", "azure.net"};
const crypto::Validity validity{*parse_utc("2024-01-01T00:00:00Z"), *parse_utc("2044-01-01T00:00:00Z")};

crypto::KeyAndCertificate authority() {
    return crypto::new_authority("a test", domains, validity, std::string(16, '\1'));
}

// What openssl says of a certificate for that name.
std::string verified(const std::string& name) {
    const crypto::KeyAndCertificate root = authority();
    const test::ToolFolder folder;
    folder.write("ca.pem", root.certificate_pem);
    folder.write("leaf.pem",
                 crypto::server_certificate(root, name, validity, std::string(16, '\2')).certificate_pem);
    return test::openssl_tool(folder, "verify -CAfile ca.pem -purpose sslserver leaf.pem");
}

}  // namespace

TEST_CASE("an authority's certificates are good for its domains and nothing else") {
    if (!test::has_openssl_tool()) {
        MESSAGE("skipped: there is no openssl program");
        return;
    }
    CHECK(verified("management.azure.com") == "leaf.pem: OK\n");
    CHECK(verified("kv.vault.azure.net") == "leaf.pem: OK\n");
    CHECK(verified("localhost") == "leaf.pem: OK\n");
    CHECK(verified("127.0.0.1") == "leaf.pem: OK\n");
    CHECK(verified("example.com").starts_with("failed"));
    CHECK(verified("notazure.com").starts_with("failed"));
    CHECK(verified("10.0.0.1").starts_with("failed"));
}

TEST_CASE("a server certificate names its host and is of the authority") {
    const crypto::KeyAndCertificate leaf =
        crypto::server_certificate(authority(), "kv.vault.azure.net", validity, std::string(16, '\2'));
    const std::optional<crypto::Certificate> read = crypto::Certificate::from_pem(leaf.certificate_pem);
    REQUIRE(read);
    CHECK(read->subject() == "CN=kv.vault.azure.net");
    CHECK(utc_seconds(read->not_after()) == "2044-01-01T00:00:00Z");
    CHECK_THROWS_AS(crypto::server_certificate({"", "junk"}, "localhost", validity, "1"), std::runtime_error);
}

TEST_CASE("an authority is only asked to sign for what it may") {
    CHECK(crypto::may_sign(domains, "management.azure.com"));
    CHECK(crypto::may_sign(domains, "AZURE.NET"));
    CHECK(crypto::may_sign(domains, "127.0.0.1"));
    CHECK(crypto::may_sign(domains, "localhost"));
    for (const std::string_view other : {"", "notazure.com", "azure.com.example", "8.8.8.8",
                                         "azure.com,DNS:example.com", ".azure.com\nx", "*.example.com"})
        CHECK_FALSE(crypto::may_sign(domains, other));
}
