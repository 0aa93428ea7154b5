// Role assignments as the items of a list, written without a JSON value in between: there may be a million.
#pragma once

#include "core/base/session.hpp"
#include "core/rbac/model.hpp"

#include <string>
#include <string_view>
#include <unordered_map>

namespace azid::commands {

class AssignmentRows {
  public:
    // Of a list seen from that subscription (empty: from none); with roleDefinitionName and principalName,
    // where those are asked for.
    AssignmentRows(Session& session, std::string_view subscription, bool roles, bool principals);

    // Appends the assignment as "role assignment list" shows it.
    void append(std::string& out, const rbac::RoleAssignment& assignment);

  private:
    using Names = std::unordered_map<std::string, std::string>;

    const std::string& role_name(const std::string& role);
    const std::string& principal_name(const std::string& principal);

    Session& session_;
    std::string subscription_;
    bool roles_;
    bool principals_;
    Names role_names_;
    Names principal_names_;
    std::string definition_id_;  // up to the GUID, as seen from the subscription
};

}  // namespace azid::commands
