#include "core/msi/certificates.hpp"

#include "core/crypto/certificate.hpp"
#include "core/entra/model.hpp"
#include "core/msi/ports.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>

using namespace azid;

namespace {

entra::ServicePrincipal principal_made_at(const char* instant) {
    entra::ServicePrincipal principal;
    principal.id = "9ca4f99f-579c-4f56-b93b-1ec4a2c36902";
    principal.app_id = "d606a3e3-1e46-4cac-be63-71a6a9b7a21c";
    principal.created = *parse_utc(instant);
    return principal;
}

// "start..end start..end", newest first.
std::string windows(const entra::ServicePrincipal& principal, const char* now) {
    std::string text;
    for (const msi::Certificate& one : msi::certificates_at(principal, {}, *parse_utc(now)))
        text += (text.empty() ? "" : " ") + utc_seconds(one.not_before).substr(0, 16) + ".." +
                utc_seconds(one.not_after).substr(0, 10);
    return text;
}

}  // namespace

TEST_CASE("a certificate is back-dated five minutes, begins on a whole minute and lives 90 days") {
    const entra::ServicePrincipal principal = principal_made_at("2024-09-25T10:54:10Z");
    CHECK(windows(principal, "2024-09-25T10:54:10Z") == "2024-09-25T10:49..2024-12-24");
    CHECK(windows(principal_made_at("2025-01-22T15:22:44Z"), "2025-01-22T15:22:44Z") ==
          "2025-01-22T15:17..2025-04-22");
}

TEST_CASE("after 46 days there is a new one, and three are kept") {
    const entra::ServicePrincipal principal = principal_made_at("2024-01-01T00:05:00Z");
    CHECK(windows(principal, "2024-02-15T23:59:59Z") == "2024-01-01T00:00..2024-03-31");
    CHECK(windows(principal, "2024-02-16T00:00:00Z") ==
          "2024-02-16T00:00..2024-05-16 2024-01-01T00:00..2024-03-31");
    CHECK(windows(principal, "2024-12-31T00:00:00Z") ==
          "2024-11-18T00:00..2025-02-16 2024-10-03T00:00..2025-01-01 2024-08-18T00:00..2024-11-16");
}

TEST_CASE("before its principal's time, to which a clock may go back, there is a valid certificate too") {
    const entra::ServicePrincipal principal = principal_made_at("2024-01-01T00:05:00Z");
    CHECK(windows(principal, "2023-12-31T00:00:00Z") == "2023-11-16T00:00..2024-02-14");
    CHECK(windows(principal, "2023-11-16T00:00:00Z") == "2023-11-16T00:00..2024-02-14");
    CHECK(windows(principal, "2023-11-15T23:59:59Z") == "2023-10-01T00:00..2023-12-30");
}

TEST_CASE("what was made under another roll stays beside the new windows") {
    const entra::ServicePrincipal principal = principal_made_at("2024-01-01T00:05:00Z");
    const Instant day_45 = *parse_utc("2024-02-15");
    const std::vector<msi::Certificate> stored =
        msi::certificates_at(principal, {}, day_45, std::chrono::days(45));
    REQUIRE(stored.size() == 2);
    const std::vector<msi::Certificate> later =
        msi::certificates_at(principal, stored, *parse_utc("2024-02-16"));
    REQUIRE(later.size() == 3);
    CHECK(utc_seconds(later[0].not_before) == "2024-02-16T00:00:00Z");
    CHECK(utc_seconds(later[1].not_before) == "2024-02-15T00:00:00Z");
}

TEST_CASE("a window has the same key id whoever asks, and another has another") {
    const entra::ServicePrincipal principal = principal_made_at("2024-01-01T00:05:00Z");
    const Instant later = *parse_utc("2024-03-01");
    const auto once = msi::certificates_at(principal, {}, later);
    const auto again = msi::certificates_at(principal, {}, later);
    REQUIRE(once.size() == 2);
    CHECK(once[0].key_id == again[0].key_id);
    CHECK(once[0].key_id != once[1].key_id);
    CHECK(once[0].key_id.size() == 36);
}

TEST_CASE_FIXTURE(test::World, "the certificate is made once, named after the client id") {
    add_group("rg");
    const entra::ServicePrincipal identity = add_identity("rg", "app");
    msi::Certificate first;
    msi::Certificate second;
    as_nobody([&](Session& session) {
        CHECK(session.msi.certificates(identity.id).empty());
        first = msi::ensure_certificate(session, identity);
    });
    as_nobody([&](Session& session) { second = msi::ensure_certificate(session, identity); });
    CHECK(first.certificate == second.certificate);
    const auto certificate = crypto::Certificate::from_der(first.certificate);
    REQUIRE(certificate);
    CHECK(certificate->subject() == "CN=" + identity.app_id);
    CHECK(certificate->thumbprint() == first.thumbprint);
    CHECK(certificate->not_before() == first.not_before);
    CHECK(certificate->not_after() - certificate->not_before() == std::chrono::days(90));
}

TEST_CASE_FIXTURE(test::World, "rolled certificates stay until three newer ones push them out") {
    add_group("rg");
    const entra::ServicePrincipal identity = add_identity("rg", "app");
    std::vector<std::string> thumbprints;
    for (int roll = 0; roll < 5; ++roll) {
        as_nobody([&](Session& session) {
            thumbprints.push_back(msi::ensure_certificate(session, identity).thumbprint);
            const std::vector<msi::Certificate> kept = session.msi.certificates(identity.id);
            CHECK(kept.size() == static_cast<size_t>(std::min(roll + 1, 3)));
            CHECK(kept.front().thumbprint == thumbprints.back());
        });
        now += std::chrono::days(46);
    }
}
