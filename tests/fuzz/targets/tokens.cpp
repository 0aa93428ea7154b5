// Access tokens that are not ours, or not any more. The first line says what the rest is:
// "edit": bytes by threes, each a place in a good token and what to put there; "cut": a number of bytes of it
// to leave, then bytes to put behind; "sign": lines of JSON to lay over its header and its claims, signed
// anew by the tenant's own key; anything else: the token as it is.
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/crypto/jws.hpp"
#include "core/crypto/key.hpp"
#include "core/entra/access_token.hpp"
#include "core/entra/signing_key.hpp"
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/box.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace azid::fuzz { namespace {

struct Known {
    std::string token;
    std::string key;
};

const Known& known() {
    static const Known made = [] {
        Known known{Box::only().filled_in("{token}", "https://management.azure.com/"), {}};
        Box::only().try_out({}, [&](Session& session) {
            known.key = entra::ensure_signing_key(session, Box::only().value("tenant")).private_key;
        });
        return known;
    }();
    return made;
}

std::string signed_anew(Input& input) {
    const crypto::Jwt good = *crypto::decode_jwt(known().token);
    Json header = *good.header;
    Json claims = *good.payload;
    header.update(object_or_nothing(input.line()));
    claims.update(object_or_nothing(input.rest()));
    static const crypto::PrivateKey key = *crypto::PrivateKey::from_pem(known().key);
    try {
        return crypto::sign_jwt(header, claims, key);
    } catch (const std::exception&) {
        return {};  // an algorithm that nothing is signed with, or text that JSON cannot hold
    }
}

std::string made_of(Input& input, bool& by_the_key) {
    const std::string_view kind = input.line();
    std::string token = known().token;
    by_the_key = kind == "sign";
    if (by_the_key) return signed_anew(input);
    if (kind == "edit") {
        while (!input.is_over()) {
            const std::size_t at = input.below(token.size());
            token[at] = static_cast<char>(input.byte());
        }
        return token;
    }
    if (kind == "cut") {
        const std::size_t size = input.below(token.size() + 1);
        return token.substr(0, size).append(input.rest());
    }
    return std::string(input.rest());
}

void take(std::string_view bytes) {
    Input input(bytes);
    bool by_the_key = false;
    const std::string token = made_of(input, by_the_key);
    Box& box = Box::only();
    box.try_out(
        {},
        [&](Session& session) {
            const entra::TokenReading read = entra::read_access_token(
                session.entra, token, {box.value("tenant"), entra::resource_manager_audiences, session.now});
            reached(std::string(1, static_cast<char>('a' + static_cast<int>(read.flaw))));
            if (read.flaw != entra::TokenFlaw::none) {
                require(read.caller.object_id.empty(), "a refused token names nobody", token);
                return;
            }
            require(by_the_key || token == known().token, "a token that was altered is never taken", token);
            const crypto::Jwt jwt = *crypto::decode_jwt(token);
            require(text_at(*jwt.header, "alg") == "RS256", "only RS256 is taken", token);
            constexpr std::chrono::minutes leeway{5};
            require(read.expires + leeway >= session.now && read.not_before - leeway <= session.now,
                    "no token is taken at another time", token);
            require(!read.caller.object_id.empty(), "whoever is let in has a name", token);
        },
        true);
}

const Registration registration({"tokens", take});

}}  // namespace azid::fuzz
