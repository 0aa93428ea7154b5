// The one JSON type of the program: members keep the order in which they were written, as on Azure's wire.
// Include <nlohmann/json.hpp> in the source file that looks inside.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace azid {

using Json = nlohmann::ordered_json;

// Parses strict JSON text. Throws Error (fault::invalid_request_content) with the position when it is not
// JSON, nests deeper than 200 levels, or has an object of more than 2000 members.
Json parse_json(std::string_view text);

// Compact text, UTF-8 unescaped. Invalid UTF-8 is replaced, never thrown over.
std::string compact(const Json& value);

// The member's text; empty when value is no object, the member is absent, or it is not a string.
std::string text_at(const Json& value, std::string_view member);

// The member found case-insensitively by a dotted path ("properties.principalId"); null when there is none.
const Json* find(const Json& value, std::string_view path);

}  // namespace azid
