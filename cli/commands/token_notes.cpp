#include "cli/commands/token_notes.hpp"

#include "core/base/time.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace azid::commands {

namespace {

struct Note {
    std::string_view claim;
    std::string_view meaning;
    bool date = false;
};

// After Microsoft's access token claims reference.
constexpr std::array notes{
    Note{"aud", "the resource that the token is for; every other one refuses it"},
    Note{"iss", "who issued it: the token service of this tenant"},
    Note{"iat", "issued at, back-dated five minutes for slow clocks", true},
    Note{"nbf", "not valid before", true},
    Note{"exp", "not valid from then on", true},
    Note{"acr", "how the user signed in: 1 means with credentials"},
    Note{"aio", "for the token service's own use"},
    Note{"amr", "the means by which the user signed in"},
    Note{"appid", "client id: the application or managed identity that asked"},
    Note{"appidacr", "how the client proved itself: 0 not at all, 1 with a secret, 2 with a certificate"},
    Note{"azp", "client id: the application or managed identity that asked"},
    Note{"family_name", "the user's last name"},
    Note{"given_name", "the user's first name"},
    Note{"groups",
         "ids of the groups the principal was in, directly or through others, when the token was issued"},
    Note{"idp", "who vouches for the principal"},
    Note{"idtyp", "app for a token without a user, user for one with a user"},
    Note{"name", "the user's display name"},
    Note{"oid", "object id of the principal: what role assignments name (principalId)"},
    Note{"rh", "for the token service's own use"},
    Note{"roles", "app roles that the resource granted to the principal"},
    Note{"scp", "what the client may do in the user's name"},
    Note{"sub", "the principal as this resource sees it"},
    Note{"tid", "the tenant"},
    Note{"unique_name", "the user's name for display"},
    Note{"upn", "the user principal name"},
    Note{"uti", "unique id of this token"},
    Note{"ver", "version of the token's format"},
    Note{"wids", "template ids of the principal's directory roles"},
    Note{"xms_az_rid", "the resource on which the identity was used"},
    Note{"xms_idrel", "for Azure's own use"},
    Note{"xms_mirid", "the resource that the managed identity belongs to, or is"},
};

}  // namespace

Json claim_notes(const Json& claims) {
    Json result = Json::object();
    for (const auto& [name, value] : claims.items()) {
        const std::string_view wanted = name;
        const auto note =
            std::find_if(notes.begin(), notes.end(), [&](const Note& one) { return one.claim == wanted; });
        if (note == notes.end()) continue;
        result[name] = note->date && value.is_number_integer()
                           ? fmt::format("{}: {}", note->meaning,
                                         utc_seconds(from_unix_seconds(value.get<std::int64_t>())))
                           : std::string(note->meaning);
    }
    return result;
}

}  // namespace azid::commands
