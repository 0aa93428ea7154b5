#include "core/crypto/secret.hpp"

#include "core/base/base64.hpp"

#include <doctest/doctest.h>

using namespace azid;

TEST_CASE("a secret matches its own hash only") {
    const std::string hashed = crypto::hash_secret("correct horse", "0123456789abcdef");
    CHECK(crypto::secret_matches("correct horse", hashed));
    CHECK_FALSE(crypto::secret_matches("correct Horse", hashed));
    CHECK_FALSE(crypto::secret_matches("", hashed));
    CHECK(hashed.find("horse") == std::string::npos);
    CHECK(hashed != crypto::hash_secret("correct horse", "fedcba9876543210"));
}

TEST_CASE("a hash is the published function's") {
    // PBKDF2-HMAC-SHA256 of "password" with salt "salt", one round (a test vector of RFC 7914's kind).
    const std::string one_round = "pbkdf2-sha256$1$" + base64url("salt") + "$" +
                                  base64url(*from_base64("Eg+2z/z4syxD5yJSVsT4N6hlSMkszDVICAWYfLcL4Xs="));
    CHECK(crypto::secret_matches("password", one_round));
}

TEST_CASE("a text that is no hash matches nothing") {
    for (const char* text : {"", "plain", "pbkdf2-sha256$0$c2FsdA$AA", "pbkdf2-sha256$x$c2FsdA$AA",
                             "md5$1$c2FsdA$AA", "pbkdf2-sha256$1$!$AA", "pbkdf2-sha256$1$c2FsdA$"}) {
        CAPTURE(text);
        CHECK_FALSE(crypto::secret_matches("password", text));
    }
}

TEST_CASE("constant time comparison is equality") {
    CHECK(crypto::constant_time_equals("", ""));
    CHECK(crypto::constant_time_equals("abc", "abc"));
    CHECK_FALSE(crypto::constant_time_equals("abc", "abd"));
    CHECK_FALSE(crypto::constant_time_equals("abc", "ab"));
}
