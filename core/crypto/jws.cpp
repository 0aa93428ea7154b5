#include "core/crypto/jws.hpp"

#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace azid::crypto {

namespace {

// base64url has neither padding nor the other alphabet in a JWT, and its unused last bits are zero, which
// concerns what stands after the last group of four characters alone. The shared reader is more lenient.
std::optional<std::string> strict_base64url(std::string_view text) {
    for (const char other : {'+', '/', '='})
        if (text.find(other) != std::string_view::npos) return {};
    std::optional<std::string> bytes = from_base64(text);
    if (!bytes) return {};
    const std::string_view last_bytes = std::string_view(*bytes).substr(bytes->size() / 3 * 3);
    if (base64url(last_bytes) != text.substr(text.size() / 4 * 4)) return {};
    return bytes;
}

// How many members the objects of a JSON text have: each has its colon.
std::size_t members_in(std::string_view text) {
    std::size_t count = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && text[i] == ':')
            ++count;
    }
    return count;
}

std::size_t members_of(const Json& value) {
    std::size_t count = value.is_object() ? value.size() : 0;
    if (value.is_structured())
        for (const Json& element : value) count += members_of(element);
    return count;
}

// Duplicate members would let two readers disagree about what was signed (RFC 8725 and RFC 7519 section 4).
// The value keeps one of them.
std::shared_ptr<const Json> object_of(std::string_view part) {
    const std::optional<std::string> text = strict_base64url(part);
    if (!text) return nullptr;
    try {
        Json value = parse_json(*text);
        if (!value.is_object() || members_of(value) != members_in(*text)) return nullptr;
        return std::make_shared<const Json>(std::move(value));
    } catch (const Error&) {
        return nullptr;
    }
}

// The tokens of one signer have one header: the last one is kept, for those that come next.
std::shared_ptr<const Json> header_of(const std::string& part) {
    struct Last {
        std::string part;
        std::shared_ptr<const Json> header;
    };
    constexpr std::size_t longest = 1000;
    thread_local Last last;
    if (part == last.part && last.header != nullptr) return last.header;
    std::shared_ptr<const Json> header = object_of(part);
    if (part.size() <= longest) last = {part, header};
    return header;
}

}  // namespace

std::string sign_jwt(const Json& header, const Json& payload, const PrivateKey& key) {
    const std::optional<Algorithm> algorithm = algorithm_named(text_at(header, "alg"));
    if (!algorithm) throw std::invalid_argument("JWT header names no algorithm that signs");
    return sign_jwt(compact(header), compact(payload), *algorithm, key);
}

std::string sign_jwt(std::string_view header, std::string_view payload, Algorithm algorithm,
                     const PrivateKey& key) {
    const std::string input = base64url(header) + "." + base64url(payload);
    return input + "." + base64url(key.sign(algorithm, input));
}

std::optional<Jwt> decode_jwt(std::string_view token) {
    const std::vector<std::string> parts = split(token, '.');
    if (parts.size() != 3) return {};
    Jwt jwt;
    jwt.header = header_of(parts[0]);
    jwt.payload = object_of(parts[1]);
    const std::optional<std::string> signature = strict_base64url(parts[2]);
    if (jwt.header == nullptr || jwt.payload == nullptr || !signature) return {};
    if (jwt.header->contains("crit")) return {};
    jwt.signing_input = parts[0] + "." + parts[1];
    jwt.signature = *signature;
    return jwt;
}

bool verify_jwt(const Jwt& token, const PublicKey& key, std::initializer_list<Algorithm> allowed) {
    const std::optional<Algorithm> algorithm = algorithm_named(text_at(*token.header, "alg"));
    if (!algorithm || std::find(allowed.begin(), allowed.end(), *algorithm) == allowed.end()) return false;
    return key.verify(*algorithm, token.signing_input, token.signature);
}

}  // namespace azid::crypto
