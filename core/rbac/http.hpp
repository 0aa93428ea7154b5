// The REST face of Microsoft.Authorization.
#pragma once

#include "core/base/http.hpp"
#include "core/base/items.hpp"
#include "core/base/session.hpp"

#include <functional>
#include <optional>

namespace azid::rbac {

// Answers requests whose path ends in .../providers/Microsoft.Authorization/ and roleAssignments,
// roleDefinitions or denyAssignments, with or without a name after it. Empty when the path is another one.
// The caller has been authenticated and the api-version looked at before. Throws Error in ARM's words.
// as_page answers with what is asked for of a list that may be long; without it such a list is answered
// whole.
std::optional<http::Response> serve(Session& session, const http::Request& request,
                                    const std::function<http::Response(const EachItem&)>& as_page = {});

}  // namespace azid::rbac
