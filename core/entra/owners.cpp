#include "core/entra/owners.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/registration_ports.hpp"

#include <algorithm>
#include <optional>

namespace azid::entra {

namespace {

bool is_owner(Session& session, std::string_view object_id, std::string_view owner_id) {
    const std::vector<std::string> all = session.entra.registrations().owners_of(object_id);
    return std::any_of(all.begin(), all.end(),
                       [&](const std::string& one) { return iequals(one, owner_id); });
}

}  // namespace

std::vector<std::string> owners(Session& session, std::string_view object_id) {
    require_right(session, Right::read);
    return session.entra.registrations().owners_of(object_id);
}

std::vector<std::string> owned_objects(Session& session, std::string_view owner_id) {
    require_right(session, Right::read);
    return session.entra.registrations().owned_by(owner_id);
}

void add_owner(Session& session, std::string_view object_id, std::string_view owner_id, Right right) {
    require_right_or_ownership(session, right, object_id);
    const std::optional<Principal> owner = session.entra.find_principal(owner_id);
    if (!owner) throw missing_object_of_change(owner_id);
    if (owner->type == PrincipalType::group)
        throw Error(fault::graph_bad_request,
                    "The reference target 'Group' of type 'Group' is invalid for the 'owners' reference.");
    if (is_owner(session, object_id, owner->id))
        throw Error(fault::graph_bad_request,
                    "One or more added object references already exist for the following modified "
                    "properties: 'owners'.");
    session.entra.registrations().add_owner(object_id, owner->id);
    session.note("entra", "owner added", std::string(object_id));
}

void remove_owner(Session& session, std::string_view object_id, std::string_view owner_id, Right right) {
    require_right_or_ownership(session, right, object_id);
    if (!session.entra.registrations().erase_owner(object_id, owner_id))
        throw missing_object_of_change(owner_id);
    session.note("entra", "owner removed", std::string(object_id));
}

void own(Session& session, std::string_view object_id) {
    if (!session.caller.object_id.empty())
        session.entra.registrations().add_owner(object_id, session.caller.object_id);
}

void require_right_or_ownership(Session& session, Right right, std::string_view object_id) {
    if (has_right(session, right) || is_owner(session, object_id, session.caller.object_id)) return;
    require_right(session, right);
}

}  // namespace azid::entra
