// What the claims of Microsoft Entra ID's tokens mean, for people who read one for the first time.
#pragma once

#include "core/base/json.hpp"

namespace azid::commands {

// For each claim that is known, a phrase by its name; of dates also the date.
Json claim_notes(const Json& claims);

}  // namespace azid::commands
