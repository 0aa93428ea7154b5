#include "core/entra/directory_roles.hpp"

#include "core/base/base64.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

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

// The value of the API's app role. Empty when it has no such role.
std::string app_role_value(Session& session, const ServicePrincipal& api, std::string_view role_id) {
    if (api.app_id == graph_app_id) {
        for (const GraphAppRole& role : graph_app_roles())
            if (iequals(role.id, role_id)) return std::string(role.value);
        return {};
    }
    const std::optional<Application> application = session.entra.find_application(api.tenant_id, api.app_id);
    if (!application || application->app_roles.empty()) return {};
    for (const Json& role : Json::parse(application->app_roles))
        if (iequals(text_at(role, "id"), role_id)) return text_at(role, "value");
    return {};
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
    const ServicePrincipal principal = service_principal(session, principal_id);
    const ServicePrincipal api = service_principal(session, resource_id);
    const std::string value = app_role_value(session, api, app_role_id);
    if (value.empty()) refuse("Permission being assigned was not found on application.");
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
    return session.entra.app_roles_of(service_principal(session, principal_id).id);
}

}  // namespace azid::entra
