// Security groups and who is in them, through Microsoft Graph. A group may hold users, service principals
// (managed identities too) and other groups; being in one counts through all above it.
#pragma once

#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::entra {

// Display names need not be unique. Throws Error: fault::graph_denied, fault::graph_bad_request.
DirectoryGroup create_group(Session& session, std::string_view display_name, std::string_view mail_nickname,
                            std::string_view description);
// Role assignments of the group stay, orphaned. Throws Error: fault::graph_denied, missing_object_of_change.
void delete_group(Session& session, std::string_view group_id);

// Throws Error: fault::graph_denied; missing_object_of_change for the group or the member;
// fault::graph_bad_request when it is a member already, or the group itself.
void add_member(Session& session, std::string_view group_id, std::string_view member_id);
// Throws Error: fault::graph_denied, missing_object_of_change also when it was no member.
void remove_member(Session& session, std::string_view group_id, std::string_view member_id);

// Those of the groups that the object is in, directly or through others. An id that is no object is in none.
std::vector<std::string> member_groups_among(Session& session, std::string_view object_id,
                                             const std::vector<std::string>& group_ids);

}  // namespace azid::entra
