#include "core/front_door/authentication.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/access_token.hpp"
#include "core/entra/bearer.hpp"
#include "core/entra/ports.hpp"

#include <fmt/format.h>

#include <chrono>

namespace azid::front_door {

namespace {

using entra::TokenFlaw;
using entra::TokenReading;

// "8/17/2017 10:54:41 PM", as ARM writes instants in this one message.
std::string american(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(instant - day));
    const long hours = time.hours().count();
    return fmt::format("{}/{}/{} {}:{:02}:{:02} {}", static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), static_cast<int>(date.year()),
                       hours % 12 == 0 ? 12 : hours % 12, time.minutes().count(), time.seconds().count(),
                       hours < 12 ? "AM" : "PM");
}

Error arm_refusal(const TokenReading& token, Instant now, std::string_view tenant) {
    switch (token.flaw) {
        case TokenFlaw::expired:
            return {
                fault::expired_authentication_token,
                fmt::format("The access token expiry UTC time '{}' is earlier than current UTC time '{}'.",
                            american(token.expires), american(now))};
        case TokenFlaw::wrong_audience:
            return {fault::invalid_authentication_token_audience,
                    fmt::format(
                        "The access token has been obtained for wrong audience or resource '{}'. It should "
                        "exactly match with one of the allowed audiences "
                        "'https://management.core.windows.net/','https://management.core.windows.net',"
                        "'https://management.azure.com/','https://management.azure.com'.",
                        token.audience)};
        case TokenFlaw::wrong_issuer:
            return {
                fault::invalid_authentication_token_tenant,
                fmt::format(
                    "The access token is from the wrong issuer '{0}'. It must match the tenant "
                    "'https://sts.windows.net/{1}/' associated with this subscription. Please use the "
                    "authority (URL) 'https://login.windows.net/{1}' to get the token. Note, if the "
                    "subscription is transferred to another tenant there is no impact to the services, but "
                    "information about new tenant could take time to propagate (up to an hour). If you "
                    "just transferred your subscription and see this error message, please try back later.",
                    token.issuer, tenant)};
        default:
            return {fault::invalid_authentication_token, "The access token is invalid."};
    }
}

std::string_view graph_refusal(TokenFlaw flaw) {
    switch (flaw) {
        case TokenFlaw::malformed:
            return "CompactToken parsing failed with error code: 80049217";
        case TokenFlaw::wrong_audience:
            return "Access token validation failure. Invalid audience.";
        case TokenFlaw::wrong_issuer:
            return "Access token validation failure. Invalid issuer.";
        case TokenFlaw::expired:
            return "Lifetime validation failed, the token is expired.";
        case TokenFlaw::not_yet_valid:
            return "Lifetime validation failed, the token is not valid yet.";
        default:
            return "Access token validation failure. Invalid signature.";
    }
}

// Requests come in great numbers: of those whose token is good, only code's are kept.
void note(Session& session, std::string_view system, const http::Request& request,
          const TokenReading& token) {
    if (token.flaw == TokenFlaw::none && session.caller.managed_identity_resource.empty()) return;
    entra::note_token(session, {system, request.path}, token);
}

}  // namespace

void authenticate_for_arm(Session& session, const http::Request& request, std::string_view tenant) {
    if (request.headers.find("Authorization") == request.headers.end()) {
        if (!session.caller.object_id.empty()) return;
        throw Error(fault::authentication_failed,
                    "Authentication failed. The 'Authorization' header is missing.");
    }
    const std::string text = entra::bearer_token(request);
    if (text.empty())
        throw Error(fault::authentication_failed_missing_token,
                    "Authentication failed. The 'Authorization' header is missing the access token.");
    TokenReading token = entra::read_access_token(
        session.entra, text, {std::string(tenant), entra::resource_manager_audiences, session.now});
    session.caller = std::move(token.caller);
    note(session, "arm", request, token);
    if (token.flaw != TokenFlaw::none) throw arm_refusal(token, session.now, tenant);
}

void authenticate_for_graph(Session& session, const http::Request& request) {
    if (request.headers.find("Authorization") == request.headers.end() && !session.caller.object_id.empty())
        return;
    const std::string text = entra::bearer_token(request);
    if (text.empty()) throw Error(fault::graph_unauthenticated, "Access token is empty.");
    TokenReading token =
        entra::read_access_token(session.entra, text, {"", entra::graph_audiences, session.now});
    session.caller = std::move(token.caller);
    note(session, "graph", request, token);
    if (token.flaw != TokenFlaw::none)
        throw Error(fault::graph_unauthenticated, std::string(graph_refusal(token.flaw)));
}

}  // namespace azid::front_door
