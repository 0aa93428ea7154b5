// The expression over a token's claims that a flexible federated credential has in place of a subject:
// "claims['sub'] matches 'repo:contoso/*' and claims['job_workflow_ref'] eq '...'". Language version 1 of
// Microsoft's "flexible federated identity credentials": eq, matches (with '*' and '?') and "and".
#pragma once

#include "core/base/json.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::msi {

struct ClaimsTerm {
    std::string claim;
    bool wildcards = false;  // "matches", otherwise "eq"
    std::string text;
};

// The terms that all have to hold. Empty when the text is no such expression.
std::optional<std::vector<ClaimsTerm>> parse_claims_expression(std::string_view text);

// Whether the claims (a JSON object) have, for every term, a text that fits; case counts.
bool claims_match(const std::vector<ClaimsTerm>& terms, const Json& claims);

}  // namespace azid::msi
