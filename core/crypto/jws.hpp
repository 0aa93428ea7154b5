// JSON Web Tokens in their compact form (RFC 7515, 7519): making, taking apart, checking the signature. What
// the claims mean is not decided here.
#pragma once

#include "core/base/json.hpp"
#include "core/crypto/key.hpp"

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace azid::crypto {

struct Jwt {
    std::shared_ptr<const Json> header;   // a JSON object
    std::shared_ptr<const Json> payload;  // a JSON object
    std::string signing_input;            // the text that was signed
    std::string signature;                // raw bytes
};

// Signs header and payload by the algorithm that the header's "alg" names. Throws std::invalid_argument when
// that is neither RS256 nor PS256.
std::string sign_jwt(const Json& header, const Json& payload, const PrivateKey& key);
// The same of their compact texts, of which the header's names the algorithm.
std::string sign_jwt(std::string_view header, std::string_view payload, Algorithm algorithm,
                     const PrivateKey& key);

// Takes a token apart. Empty unless it has exactly three parts of unpadded base64url, the first two of them
// JSON objects, and a header that asks for nothing beyond JWS's own members ("crit" is refused).
std::optional<Jwt> decode_jwt(std::string_view token);

// Whether the token is signed with the key by one of the allowed algorithms. The header alone never decides:
// "none", HS256 and any other name give false whatever is allowed, as RFC 8725 3.1 asks.
bool verify_jwt(const Jwt& token, const PublicKey& key, std::initializer_list<Algorithm> allowed);

}  // namespace azid::crypto
