#include "core/entra/bearer.hpp"

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <nlohmann/json.hpp>

namespace azid::entra {

namespace {

constexpr std::string_view flaws[] = {"",
                                      "it is no JSON Web Token",
                                      "it is not signed with RS256",
                                      "the key that it names is none of the tenant's",
                                      "its signature is not that of its text",
                                      "it is from another tenant",
                                      "it is for another resource",
                                      "it is not valid yet",
                                      "it has expired"};

}  // namespace

void note_token(Session& session, const Reader& reader, const TokenReading& token) {
    const bool sound = token.flaw == TokenFlaw::none;
    Json details = Json::object();
    if (sound) details["claims"] = Json::parse(token.payload);
    if (!sound) details["reason"] = flaws[static_cast<std::size_t>(token.flaw)];
    session.note(std::string(reader.system), sound ? "access token accepted" : "access token refused",
                 std::string(reader.subject), compact(details));
}

TokenReading admit(Session& session, const Reader& reader, std::string_view token, std::string_view tenant,
                   std::span<const std::string_view> audiences) {
    TokenReading reading =
        read_access_token(session.entra, token, {std::string(tenant), audiences, session.now});
    if (reading.flaw == TokenFlaw::none) session.caller = reading.caller;
    note_token(session, reader, reading);
    return reading;
}

}  // namespace azid::entra
