#include "core/entra/directory_roles.hpp"

#include "core/base/base64.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"
#include "core/entra/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace azid::entra {

namespace {

[[noreturn]] void refuse(std::string message) { throw Error(fault::graph_bad_request, std::move(message)); }

[[noreturn]] void refuse_conflict() {
    refuse(
        "A conflicting object with one or more of the specified property values is present in the "
        "directory.");
}

// A GUID's bytes as .NET lays them out: the first three parts the other way round.
std::string guid_bytes(std::string_view guid) {
    constexpr std::array<size_t, 16> order{3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
    const std::string digits = replace_all(std::string(guid), "-", "");
    std::string bytes;
    for (const size_t at : order)
        bytes += static_cast<char>(std::stoi(digits.substr(2 * at, 2), nullptr, 16));
    return bytes;
}

// Graph's ids tell the role and the principal: base64url of both GUIDs, then "-1" (recorded ids of Global
// Administrator assignments begin with "lAPpYvVpN0KRkAEhdxReE").
std::string assignment_id(std::string_view role, std::string_view principal) {
    return base64url(guid_bytes(role) + guid_bytes(principal)) + "-1";
}

constexpr std::string_view default_role = "00000000-0000-0000-0000-000000000000";

[[noreturn]] void refuse_role() { refuse("Permission being assigned was not found on application."); }

// The value of the API's app role; empty of the default role. Throws where the API has no such role for that
// kind of principal.
std::string app_role_value(Session& session, const ServicePrincipal& api, std::string_view role_id,
                           std::string_view member_type) {
    const Json roles = wire(session, api)["appRoles"];
    if (role_id == default_role && roles.empty()) return {};
    for (const Json& role : roles) {
        if (!iequals(text_at(role, "id"), role_id)) continue;
        const Json types = role.value("allowedMemberTypes", Json::array());
        const bool meant =
            std::any_of(types.begin(), types.end(), [&](const Json& type) { return type == member_type; });
        if (!meant || !role.value("isEnabled", true)) refuse_role();
        return text_at(role, "value");
    }
    refuse_role();
}

}  // namespace

DirectoryRoleAssignment give_directory_role(Session& session, std::string_view principal_id,
                                            std::string_view role_template_id,
                                            std::string_view directory_scope) {
    require_right(session, Right::manage_roles);
    const DirectoryRole* role = find_directory_role(role_template_id);
    if (role == nullptr)
        refuse(fmt::format(
            "azid does not know the directory role '{}'. It knows: Global Administrator, Directory "
            "Readers and the other roles that roleManagement/directory/roleDefinitions lists.",
            role_template_id));
    if (directory_scope != "/")
        refuse("azid gives directory roles for the whole directory only: directoryScopeId must be '/'.");
    const Principal principal = directory_object(session, principal_id);
    if (principal.type == PrincipalType::group)
        refuse(fmt::format("The group '{}' is not assignable to directory roles.", principal.display_name));
    for (const DirectoryRoleAssignment& given : session.entra.directory_roles(session.caller.tenant_id))
        if (iequals(given.principal_id, principal.id) && iequals(given.role_template_id, role->template_id))
            refuse_conflict();
    DirectoryRoleAssignment assignment;
    assignment.id = assignment_id(role->template_id, principal.id);
    assignment.tenant_id = session.caller.tenant_id;
    assignment.principal_id = principal.id;
    assignment.role_template_id = role->template_id;
    session.entra.save(assignment);
    session.note("entra", "directory role given", principal.id,
                 fmt::format(R"({{"role":"{}"}})", role->name));
    return assignment;
}

std::vector<DirectoryRoleAssignment> directory_role_assignments(Session& session) {
    require_right(session, Right::read);
    return session.entra.directory_roles(session.caller.tenant_id);
}

DirectoryRoleAssignment directory_role_assignment(Session& session, std::string_view id) {
    for (const DirectoryRoleAssignment& given : directory_role_assignments(session))
        if (given.id == id) return given;
    throw missing_object(id);
}

void take_directory_role(Session& session, std::string_view id) {
    require_right(session, Right::manage_roles);
    for (const DirectoryRoleAssignment& given : session.entra.directory_roles(session.caller.tenant_id)) {
        if (given.id != id) continue;
        session.entra.erase_directory_role(given.id);
        session.note("entra", "directory role taken", given.principal_id);
        return;
    }
    throw missing_object_of_change(id);
}

AppRoleAssignment give_app_role(Session& session, std::string_view principal_id, std::string_view resource_id,
                                std::string_view app_role_id) {
    // Consent to an API's permissions is a privileged role's business (Graph:
    // AppRoleAssignment.ReadWrite.All).
    require_right(session, Right::manage_roles);
    const Principal principal = directory_object(session, principal_id);
    if (principal.type == PrincipalType::group)
        refuse("azid gives app roles to users and service principals, not to groups.");
    const ServicePrincipal api = service_principal(session, resource_id);
    const std::string value = app_role_value(session, api, app_role_id,
                                             principal.type == PrincipalType::user ? "User" : "Application");
    for (const AppRoleAssignment& given : session.entra.app_roles_of(principal.id))
        if (given.resource_id == api.id && iequals(given.app_role_id, app_role_id))
            refuse("Permission being assigned already exists on the object.");
    AppRoleAssignment assignment;
    assignment.id = base64url(session.random.bytes(32));
    assignment.principal_id = principal.id;
    assignment.resource_id = api.id;
    assignment.app_role_id = lower(app_role_id);
    assignment.app_role_value = value;
    assignment.created = session.now;
    session.entra.save(assignment);
    session.note("entra", "app role given", principal.id, fmt::format(R"({{"role":"{}"}})", value));
    return assignment;
}

std::vector<AppRoleAssignment> app_role_assignments(Session& session, std::string_view principal_id) {
    return session.entra.app_roles_of(directory_object(session, principal_id).id);
}

std::vector<AppRoleAssignment> app_role_assignments_in(Session& session, std::string_view resource_id) {
    return session.entra.app_roles_in(service_principal(session, resource_id).id);
}

void take_app_role(Session& session, std::string_view id) {
    require_right(session, Right::manage_roles);
    session.entra.erase_app_role(id);
    session.note("entra", "app role taken", std::string(id));
}

}  // namespace azid::entra
