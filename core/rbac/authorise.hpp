// The question every service asks before it acts.
#pragma once

#include "core/base/session.hpp"

#include <string_view>

namespace azid::rbac {

// Whether the session's caller may perform a control-plane action on the scope.
bool may(Session& session, std::string_view action, std::string_view scope);

// Throws Error (fault::authorization_failed) with ARM's text when the caller may not. Called before existence
// is looked at: without rights a missing resource is a 403 too.
void authorise(Session& session, std::string_view action, std::string_view scope);

}  // namespace azid::rbac
