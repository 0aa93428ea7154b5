// What distinguishes two states, in Azure's words.
#pragma once

#include "core/base/json.hpp"
#include "core/snapshot/model.hpp"

namespace azid::snapshot {

// A list of {"change": "added" | "changed" | "removed", "type", "id", "name", "members"}, where members (of
// what changed) are [{"name", "before", "after"}]; the values of secrets are "(hidden)". What happened on the
// way (events, the activity log) is no difference.
Json differences(const Contents& before, const Contents& after);

}  // namespace azid::snapshot
