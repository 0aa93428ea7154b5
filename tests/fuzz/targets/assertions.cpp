// Client assertions at the token endpoint: JSON to lay over a good one's header on the first line, over its
// claims on the second, bytes to put behind the signed text as the rest.
#include "core/base/error.hpp"
#include "core/base/http.hpp"
#include "core/base/json.hpp"
#include "core/crypto/jws.hpp"
#include "core/crypto/key.hpp"
#include "core/entra/login_http.hpp"
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/box.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace azid::fuzz { namespace {

http::Request token_request(const std::string& assertion) {
    Box& box = Box::only();
    http::Request request;
    request.method = "POST";
    request.host = "login.microsoftonline.com";
    request.path = fmt::format("/{}/oauth2/v2.0/token", box.value("tenant"));
    request.headers["Content-Type"] = "application/x-www-form-urlencoded";
    request.body = fmt::format(
        "grant_type=client_credentials&client_id={}&client_assertion_type={}&client_assertion={}&scope={}",
        box.value("app"), http::url_encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        http::url_encoded(assertion), http::url_encoded("https://management.azure.com/.default"));
    return request;
}

// What Entra's documents ask of an assertion that is taken.
void check_taken(const Json& claims, Instant now) {
    const std::string told = compact(claims);
    const std::string& app = Box::only().value("app");
    require(text_at(claims, "iss") == app && text_at(claims, "sub") == app,
            "only the client's own assertion is taken", told);
    require(compact(claims["aud"]).find(Box::only().value("tenant")) != std::string::npos,
            "only one for this tenant is taken", told);
    const auto expires = claims.find("exp");
    constexpr double leeway = 600;
    require(expires != claims.end() && expires->is_number() &&
                expires->get<double>() + leeway > static_cast<double>(unix_seconds(now)),
            "none is taken that is over", told);
}

// Empty for what cannot be signed. To sign costs more than all else: many inputs change nothing of what is
// signed.
std::string signed_by_the_client(const Json& header, const Json& claims) {
    static const crypto::PrivateKey key = *crypto::PrivateKey::from_pem(Box::only().application_key());
    static std::map<std::string, std::string> known;
    constexpr std::size_t most_known = 10'000;
    try {
        const std::string what = compact(header) + compact(claims);
        const auto found = known.find(what);
        if (found != known.end()) return found->second;
        if (known.size() == most_known) known.clear();
        return known[what] = crypto::sign_jwt(header, claims, key);
    } catch (const std::exception&) {
        return {};
    }
}

void take(std::string_view bytes) {
    Box& box = Box::only();
    Input input(bytes);
    const std::string filled = box.filled_in(input.line(), {});
    const crypto::Jwt good = *crypto::decode_jwt(box.value("assertion"));
    Json header = *good.header;
    Json claims = *good.payload;
    header.update(object_or_nothing(filled));
    claims.update(object_or_nothing(box.filled_in(input.line(), {})));
    const std::string behind(input.rest());
    const std::string assertion = signed_by_the_client(header, claims) + behind;
    box.try_out({}, [&](Session& session) {
        const http::Response answer = entra::answer_login(session, token_request(assertion));
        const Json body = Json::parse(answer.body, nullptr, false);
        require(body.is_object() && (answer.status == 200 || answer.status == 400 || answer.status == 401),
                "the token endpoint gives a token or refuses", answer.body);
        reached(answer.status == 200 ? "taken" : body["error_codes"].dump());
        if (answer.status != 200) return;
        require(behind.empty() || assertion == box.value("assertion"), "an altered assertion is never taken",
                assertion);
        check_taken(claims, session.now);
    });
}

const Registration registration({"assertions", take});

}}  // namespace azid::fuzz
