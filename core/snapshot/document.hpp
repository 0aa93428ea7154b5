// A state as one JSON document, and its JSON Schema. docs/state-document.md describes it.
#pragma once

#include "core/base/json.hpp"
#include "core/snapshot/model.hpp"

namespace azid::snapshot {

// {"format": "azid state", "version": 1, "stateVersion": ..., "tables": {"users": [{...}, ...], ...}}, with
// everything that is in the state, secrets included, but for Azure's built-in roles.
Json document_of(const Contents& contents);

// The contents that a document describes, with the columns, and the built-in roles, of `present`. Throws
// Error (fault::client) that names the place of whatever is not as it should be.
Contents contents_of(const Json& document, const Contents& present);

// The JSON Schema (draft 2020-12) of such a document.
Json schema_of(const Contents& present);

}  // namespace azid::snapshot
