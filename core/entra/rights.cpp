#include "core/entra/rights.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"

#include <algorithm>

namespace azid::entra {

namespace {

constexpr int read = static_cast<int>(Right::read);
constexpr int users = read | static_cast<int>(Right::manage_users);
constexpr int groups = read | static_cast<int>(Right::manage_groups);
constexpr int applications = read | static_cast<int>(Right::manage_applications);
constexpr int roles = read | static_cast<int>(Right::manage_roles);
constexpr int everything = users | groups | applications | roles;

constexpr DirectoryRole known_roles[] = {
    {global_administrator, "Global Administrator", everything},
    {"f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader", read},
    {"88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "Directory Readers", read},
    {"9360feb5-f418-4baa-8175-e2a00bac4301", "Directory Writers", users | groups},
    {"fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator", users | groups},
    {"fdd7a751-b60b-444a-984c-02652fe8fa1c", "Groups Administrator", groups},
    {"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator", applications},
    {"158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator", applications},
    {"e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator", roles},
};

constexpr GraphAppRole known_app_roles[] = {
    {"7ab1d382-f21e-4acd-a863-ba3e13f7da61", "Directory.Read.All", read},
    {"df021288-bdef-4463-88db-98f22de89214", "User.Read.All", read},
    {"5b567255-7703-4780-807c-7be8301ae99b", "Group.Read.All", read},
    {"9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30", "Application.Read.All", read},
    {"19dbc75e-c2e2-444c-a770-ec69d8559fc7", "Directory.ReadWrite.All", users | groups | applications},
    {"741f803b-c850-494e-b5df-cde7c675a1ca", "User.ReadWrite.All", users},
    {"62a82d76-70ea-41e2-9197-370581804d09", "Group.ReadWrite.All", groups},
    {"dbaae8cf-10b5-4b86-a4a1-f871c94c6695", "GroupMember.ReadWrite.All", groups},
    {"1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9", "Application.ReadWrite.All", applications},
    {"9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", "RoleManagement.ReadWrite.Directory", roles},
};

int rights_by_directory_roles(Session& session) {
    int rights = 0;
    for (const DirectoryRoleAssignment& given : session.entra.directory_roles(session.caller.tenant_id)) {
        const DirectoryRole* role = find_directory_role(given.role_template_id);
        if (role != nullptr && iequals(given.principal_id, session.caller.object_id)) rights |= role->rights;
    }
    return rights;
}

// From a token its "roles" count; from a signed-in account what the directory says.
int rights_by_app_roles(Session& session) {
    int rights = 0;
    const auto add = [&](std::string_view value) {
        for (const GraphAppRole& role : known_app_roles)
            if (role.value == value) rights |= role.rights;
    };
    for (const std::string& value : session.caller.token_roles) add(value);
    const std::optional<ServicePrincipal> graph =
        session.entra.find_service_principal_named(session.caller.tenant_id, graph_app_id);
    for (const AppRoleAssignment& given : session.entra.app_roles_of(session.caller.object_id))
        if (graph && given.resource_id == graph->id) add(given.app_role_value);
    return rights;
}

}  // namespace

std::span<const DirectoryRole> directory_roles() { return known_roles; }

const DirectoryRole* find_directory_role(std::string_view template_id) {
    const auto* const found =
        std::find_if(std::begin(known_roles), std::end(known_roles),
                     [&](const DirectoryRole& role) { return iequals(role.template_id, template_id); });
    return found == std::end(known_roles) ? nullptr : found;
}

std::span<const GraphAppRole> graph_app_roles() { return known_app_roles; }

bool has_right(Session& session, Right right) {
    if (session.caller.object_id.empty()) return false;
    int rights = session.caller.is_user ? read : 0;
    rights |= rights_by_directory_roles(session);
    rights |= rights_by_app_roles(session);
    return (rights & static_cast<int>(right)) != 0;
}

void require_right(Session& session, Right right) {
    if (!has_right(session, right))
        throw Error(fault::graph_denied, "Insufficient privileges to complete the operation.");
}

}  // namespace azid::entra
