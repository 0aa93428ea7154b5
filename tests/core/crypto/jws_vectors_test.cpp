// Published signatures: RFC 7515, appendix A.2 and A.3, and RFC 7520, 4.1.
#include "core/base/base64.hpp"
#include "core/base/json.hpp"
#include "core/crypto/jws.hpp"
#include "core/crypto/vault_key.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace azid;
using crypto::Algorithm;

namespace {

constexpr const char* a2_modulus =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yR"
    "T-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB"
    "dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9ia"
    "GNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
constexpr const char* a2_input =
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19"
    "yb290Ijp0cnVlfQ";
constexpr const char* a2_signature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9"
    "uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB"
    "_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rq"
    "Vt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
constexpr const char* frodo_modulus =
    "n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRB"
    "SFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD"
    "1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_"
    "qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw";
constexpr const char* frodo_input =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9.SXTigJlzIGEgZGFuZ2Vyb3VzIGJ"
    "1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUgcm9hZCwgYW5kIGlmIHlvdSBkb24"
    "ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0IGJlIHN3ZXB0IG9mZiB0by4";
constexpr const char* frodo_signature =
    "MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi8"
    "4wnB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocS"
    "adnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJu"
    "shZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg";
constexpr const char* a3_input =
    "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19"
    "yb290Ijp0cnVlfQ";
constexpr const char* a3_signature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

crypto::PublicKey key_of(const char* modulus, const char* exponent = "AQAB") {
    std::optional<crypto::PublicKey> key = crypto::PublicKey::from_jwk(modulus, exponent);
    REQUIRE(key);
    return std::move(*key);
}

crypto::VaultKey a3_key() {
    crypto::KeyNumbers numbers;
    numbers.kind = "EC";
    numbers.curve = "P-256";
    numbers.x = *from_base64("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
    numbers.y = *from_base64("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
    std::optional<crypto::VaultKey> key = crypto::VaultKey::from_numbers(numbers);
    REQUIRE(key);
    return std::move(*key);
}

}  // namespace

TEST_CASE("the published RS256 signatures are good, and good for nothing else") {
    const std::string token = std::string(a2_input) + "." + a2_signature;
    const std::optional<crypto::Jwt> jwt = crypto::decode_jwt(token);
    REQUIRE(jwt);
    CHECK((*jwt->payload)["iss"] == "joe");
    CHECK(crypto::verify_jwt(*jwt, key_of(a2_modulus), {Algorithm::rs256}));
    CHECK_FALSE(crypto::verify_jwt(*jwt, key_of(a2_modulus), {Algorithm::ps256}));
    CHECK_FALSE(crypto::verify_jwt(*jwt, key_of(frodo_modulus), {Algorithm::rs256}));
    CHECK_FALSE(crypto::decode_jwt(token.substr(0, token.size() - 1) + "x"));  // bits beyond the last byte
    const crypto::PublicKey frodo = key_of(frodo_modulus);
    CHECK(frodo.verify_rs256(frodo_input, *from_base64(frodo_signature)));
    CHECK_FALSE(frodo.verify_ps256(frodo_input, *from_base64(frodo_signature)));
    CHECK_FALSE(frodo.verify_rs256(a2_input, *from_base64(frodo_signature)));
    CHECK_FALSE(frodo.verify_rs256(frodo_input, *from_base64(a2_signature)));
}

TEST_CASE("a published key with another exponent or too few bits is none") {
    for (const char* const exponent : {"AA", "AQ", "Ag", "BA", ""})  // 0, 1, 2, 4
        CHECK_FALSE(crypto::PublicKey::from_jwk(a2_modulus, exponent));
    CHECK_FALSE(crypto::PublicKey::from_jwk(std::string_view(a2_modulus).substr(0, 171), "AQAB"));
    CHECK_FALSE(crypto::PublicKey::from_jwk(std::string(3000, 'x'), "AQAB"));
    CHECK_FALSE(crypto::PublicKey::from_jwk(a2_modulus, std::string_view(a2_modulus).substr(0, 40)));
}

TEST_CASE("the published ES256 signature is good as r and s alone") {
    const crypto::VaultKey key = a3_key();
    const std::string digest = crypto::sha256(a3_input);
    const std::string signature = *from_base64(a3_signature);
    CHECK(key.verify("ES256", digest, signature));
    CHECK_FALSE(key.verify("ES256", crypto::sha256(a2_input), signature));
    CHECK_FALSE(key.verify("ES256", digest, signature.substr(32) + signature.substr(0, 32)));
    CHECK_FALSE(key.verify("ES256", digest, std::string(64, '\0')));
    CHECK_FALSE(key.verify("ES256", digest, std::string(32, '\0') + signature.substr(32)));
    CHECK_FALSE(key.verify("ES256", digest, signature.substr(0, 32) + std::string(32, '\0')));
    CHECK_FALSE(key.verify("ES256", digest, std::string(64, '\xff')));
    CHECK_FALSE(key.verify("ES256", digest, signature + std::string(1, '\0')));
    CHECK_FALSE(key.verify("ES256", digest, signature.substr(1)));
    CHECK_FALSE(key.verify("ES256", digest, ""));
    std::string der = {0x30, 0x45, 0x02, 0x20};  // the same numbers, as X.509 writes them
    der += signature.substr(0, 32) + std::string{0x02, 0x21, 0x00} + signature.substr(32);
    CHECK_FALSE(key.verify("ES256", digest, der));
}
