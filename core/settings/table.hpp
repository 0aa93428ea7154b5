// azid's own settings: all of them, in one table. How the simulated Azure behaves where the real one is slow,
// strict or different from its documents.
#pragma once

#include <array>
#include <string_view>

namespace azid::settings {

enum class Form {
    choice,   // one of the words in allowed
    number,   // a whole number of days in [least, most]
    lag,      // "off", or "seeded:SECONDS": exactly so long, every time
    seconds,  // the same, or SECONDS alone
};

struct Setting {
    std::string_view name;
    Form form;
    std::string_view allowed;  // as it is shown to a user; of a choice the words, with | between them
    std::string_view fallback;
    std::string_view meaning;  // a sentence
    int least = 0;
    int most = 0;
};

inline constexpr std::string_view entra_replication = "entra.replication";
inline constexpr std::string_view rbac_propagation = "rbac.propagation";
inline constexpr std::string_view throttle = "throttle";
inline constexpr std::string_view provisioning_time = "provisioning.time";
inline constexpr std::string_view certificates_roll_after_days = "certificates.rollAfterDays";
inline constexpr std::string_view federation_fetch = "federation.fetch";

inline constexpr std::array table{
    Setting{.name = entra_replication,
            .form = Form::lag,
            .allowed = "off|seeded:SECONDS",
            .fallback = "off",
            .meaning =
                "How long a new service principal stays unknown to Microsoft Graph and to role assignments."},
    Setting{.name = rbac_propagation,
            .form = Form::lag,
            .allowed = "off|seeded:SECONDS",
            .fallback = "off",
            .meaning = "How long a role assignment that was made or removed does not yet count."},
    Setting{.name = throttle,
            .form = Form::choice,
            .allowed = "off|on",
            .fallback = "off",
            .meaning = "Whether too many requests in a short time are refused with 429, as in Azure."},
    Setting{.name = provisioning_time,
            .form = Form::seconds,
            .allowed = "off|SECONDS|seeded:SECONDS",
            .fallback = "off",
            .meaning = "How long the making, changing and deleting of a resource takes."},
    Setting{
        .name = certificates_roll_after_days,
        .form = Form::number,
        .allowed = "1..89",
        .fallback = "46",
        .meaning =
            "After how many days an identity gets its next certificate: 46 as observed, 45 as documented.",
        .least = 1,
        .most = 89},
    Setting{
        .name = federation_fetch,
        .form = Form::choice,
        .allowed = "off|on",
        .fallback = "off",
        .meaning =
            "Whether the keys of outside token issuers are fetched from them when a token of theirs comes."},
};

// Whether no two share a name, and each has a sentence; asked at compile time.
constexpr bool is_sound() {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table[i].meaning.empty() || table[i].meaning.back() != '.' || table[i].fallback.empty())
            return false;
        for (std::size_t j = i + 1; j < table.size(); ++j)
            if (table[i].name == table[j].name) return false;
    }
    return true;
}
static_assert(is_sound());

}  // namespace azid::settings
