#include "core/entra/directory.hpp"

#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/replication.hpp"
#include "core/entra/rights.hpp"

#include <fmt/format.h>

namespace azid::entra {

namespace {

std::string missing_text(std::string_view id) {
    return fmt::format(
        "Resource '{}' does not exist or one of its queried reference-property objects are not present.", id);
}

bool is_ours(const Session& session, std::string_view tenant) {
    return iequals(session.caller.tenant_id, tenant);
}

}  // namespace

Error missing_object(std::string_view id) { return {fault::graph_not_found, missing_text(id)}; }

Error missing_object_of_change(std::string_view id) {
    return {fault::graph_not_found_on_change, missing_text(id)};
}

ServicePrincipal service_principal(Session& session, std::string_view object_id) {
    require_right(session, Right::read);
    const std::optional<ServicePrincipal> found = session.entra.find_service_principal(object_id);
    if (!found || !is_ours(session, found->tenant_id) || !is_visible(session, found->id))
        throw missing_object(object_id);
    return *found;
}

std::vector<ServicePrincipal> service_principals(Session& session) {
    require_right(session, Right::read);
    std::vector<ServicePrincipal> found = session.entra.service_principals(session.caller.tenant_id);
    std::erase_if(found, [&](const ServicePrincipal& one) { return !is_visible(session, one.id); });
    return found;
}

User user(Session& session, std::string_view id_or_upn) {
    require_right(session, Right::read);
    const std::optional<User> found = session.entra.find_user(session.caller.tenant_id, id_or_upn);
    if (!found) throw missing_object(id_or_upn);
    return *found;
}

std::vector<User> users(Session& session) {
    require_right(session, Right::read);
    return session.entra.users(session.caller.tenant_id);
}

User signed_in_user(Session& session) {
    const std::optional<User> found =
        session.caller.is_user ? session.entra.find_user(session.caller.tenant_id, session.caller.object_id)
                               : std::nullopt;
    if (!found)
        throw Error(fault::graph_bad_request,
                    "/me request is only valid with delegated authentication flow.");
    return *found;
}

DirectoryGroup group(Session& session, std::string_view object_id) {
    require_right(session, Right::read);
    const std::optional<DirectoryGroup> found = session.entra.find_group(object_id);
    if (!found || !is_ours(session, found->tenant_id)) throw missing_object(object_id);
    return *found;
}

std::vector<DirectoryGroup> groups(Session& session) {
    require_right(session, Right::read);
    return session.entra.groups(session.caller.tenant_id);
}

std::vector<Membership> members(Session& session, std::string_view group_id) {
    require_right(session, Right::read);
    const std::optional<DirectoryGroup> found = session.entra.find_group(group_id);
    if (!found || !is_ours(session, found->tenant_id)) throw missing_object_of_change(group_id);
    return session.entra.members(found->id);
}

Principal directory_object(Session& session, std::string_view object_id) {
    require_right(session, Right::read);
    const std::optional<Principal> found = visible_principal(session, object_id);
    if (!found) throw missing_object(object_id);
    return *found;
}

}  // namespace azid::entra
