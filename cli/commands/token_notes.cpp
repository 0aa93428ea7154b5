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
    Note{"auth_time", "when the user signed in", true},
    Note{"azp", "client id: the application or managed identity that asked"},
    Note{"azpacr", "how the client proved itself: 0 not at all, 1 with a secret, 2 with a certificate"},
    Note{"email", "the user's address for mail"},
    Note{"family_name", "the user's last name"},
    Note{"given_name", "the user's first name"},
    Note{"hasgroups", "the user is in too many groups to list them"},
    Note{"home_oid", "object id of a guest in the tenant he comes from"},
    Note{"groups",
         "ids of the groups the principal was in, directly or through others, when the token was issued"},
    Note{"idp", "who vouches for the principal"},
    Note{"idtyp", "app for a token without a user, user for one with a user"},
    Note{"ipaddr", "the address from which the user signed in"},
    Note{"login_hint", "what fills in the user's name when he signs in again"},
    Note{"name", "the user's display name"},
    Note{"oid", "object id of the principal: what role assignments name (principalId)"},
    Note{"nonce", "what the client sent, to know the answer as its own"},
    Note{"preferred_username", "the user's name for display; it can change"},
    Note{"puid", "for the directory's own use"},
    Note{"rh", "for the token service's own use"},
    Note{"roles", "app roles that the resource granted to the principal"},
    Note{"scp", "what the client may do in the user's name"},
    Note{"sid", "id of the user's session"},
    Note{"sub", "the principal as this resource sees it"},
    Note{"tenant_region_scope", "part of the world that the tenant is in"},
    Note{"tid", "the tenant"},
    Note{"unique_name", "the user's name for display"},
    Note{"upn", "the user principal name"},
    Note{"uti", "unique id of this token"},
    Note{"ver", "version of the token's format"},
    Note{"wids", "template ids of the principal's directory roles"},
    Note{"xms_act_fct", "for Azure's own use"},
    Note{"xms_az_rid", "the resource on which the identity was used"},
    Note{"xms_ftd", "for Azure's own use"},
    Note{"xms_idrel", "for Azure's own use"},
    Note{"xms_mirid", "the resource that the managed identity belongs to, or is"},
    Note{"xms_rd", "for Azure's own use"},
    Note{"xms_sub_fct", "for Azure's own use"},
    Note{"xms_tcdt", "when the tenant was made", true},
    Note{"xms_tnt_fct", "for Azure's own use"},
};

}  // namespace

Json claim_notes(const Json& claims) {
    Json result = Json::object();
    for (const auto& [name, value] : claims.items()) {
        const std::string_view wanted = name;
        const auto note =
            std::find_if(notes.begin(), notes.end(), [&](const Note& one) { return one.claim == wanted; });
        if (note == notes.end()) {
            result[name] = "azid knows of no such claim of Azure's";
            continue;
        }
        result[name] = note->date && value.is_number_integer()
                           ? fmt::format("{}: {}", note->meaning,
                                         utc_seconds(from_unix_seconds(value.get<std::int64_t>())))
                           : std::string(note->meaning);
    }
    return result;
}

}  // namespace azid::commands
