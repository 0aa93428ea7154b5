// The lists that the state file holds as JSON arrays: of texts, of permissions, of principals.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid::rbac {
struct Permission;
struct DenyPrincipal;
}  // namespace azid::rbac

namespace azid::store {

// JSON array text of texts, and back. Reading throws Error (fault::state) when the text is no such array.
std::string list_text(const std::vector<std::string>& texts);
std::vector<std::string> list_of(std::string_view json);

// [{"actions":[...],"notActions":[...],"dataActions":[...],"notDataActions":[...]}], with condition and
// conditionVersion where there is one.
std::string permissions_text(const std::vector<rbac::Permission>& permissions);
std::vector<rbac::Permission> permissions_of(std::string_view json);

// [{"id":"...","type":"..."}]
std::string principals_text(const std::vector<rbac::DenyPrincipal>& principals);
std::vector<rbac::DenyPrincipal> principals_of(std::string_view json);

}  // namespace azid::store
