// Whoever makes a subscription or a management group owns it.
#pragma once

#include "core/base/session.hpp"

#include <string_view>

namespace azid::rbac {

// Gives a principal the role Owner at the scope, which nobody has to allow.
void make_owner(Session& session, std::string_view principal_id, std::string_view principal_type,
                std::string_view scope);

}  // namespace azid::rbac
