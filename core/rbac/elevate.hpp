// "Elevate access to manage all Azure subscriptions and management groups".
#pragma once

#include "core/base/session.hpp"

namespace azid::rbac {

// POST /providers/Microsoft.Authorization/elevateAccess: makes a Global Administrator User Access
// Administrator at "/". Has it been done before, nothing changes. Throws Error (AuthorizationFailed) for
// everybody else.
void elevate_access(Session& session);

}  // namespace azid::rbac
