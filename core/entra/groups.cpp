#include "core/entra/groups.hpp"

#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/deleted_items.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azid::entra {

namespace {

[[noreturn]] void refuse(std::string message) { throw Error(fault::graph_bad_request, std::move(message)); }

void require_value(std::string_view value, std::string_view property) {
    if (value.empty())
        refuse(fmt::format("A value is required for property '{}' of resource 'Group'.", property));
}

DirectoryGroup to_change(Session& session, std::string_view group_id) {
    require_right(session, Right::manage_groups);
    const std::optional<DirectoryGroup> found = session.entra.find_group(group_id);
    if (!found || !iequals(found->tenant_id, session.caller.tenant_id))
        throw missing_object_of_change(group_id);
    return *found;
}

bool is_member(Session& session, const std::string& group_id, std::string_view member_id) {
    const std::vector<Membership> members = session.entra.members(group_id);
    return std::any_of(members.begin(), members.end(),
                       [&](const Membership& member) { return iequals(member.member_id, member_id); });
}

}  // namespace

DirectoryGroup create_group(Session& session, std::string_view display_name, std::string_view mail_nickname,
                            std::string_view description) {
    require_right(session, Right::manage_groups);
    require_value(display_name, "displayName");
    require_value(mail_nickname, "mailNickname");
    const bool plain = std::all_of(mail_nickname.begin(), mail_nickname.end(), [](char c) {
        return c > ' ' && c < 0x7f && std::string_view("@()\\[]\";:<>,").find(c) == std::string_view::npos;
    });
    if (!plain || mail_nickname.size() > 64)
        refuse("Invalid value specified for property 'mailNickname' of resource 'Group'.");
    DirectoryGroup group;
    group.id = new_guid(session.random);
    group.tenant_id = session.caller.tenant_id;
    group.display_name = display_name;
    group.mail_nickname = mail_nickname;
    group.description = description;
    group.created = session.now;
    session.entra.save(group);
    session.note("entra", "group created", group.id);
    return group;
}

void delete_group(Session& session, std::string_view group_id) {
    const DirectoryGroup group = to_change(session, group_id);
    set_aside(session, group);
    session.entra.erase_group(group.id);
    session.note("entra", "group deleted", group.id);
}

void add_member(Session& session, std::string_view group_id, std::string_view member_id) {
    const DirectoryGroup group = to_change(session, group_id);
    const std::optional<Principal> member = session.entra.find_principal(member_id);
    if (!member) throw missing_object_of_change(member_id);
    if (iequals(member->id, group.id))
        refuse("An invalid operation was included in the following modified references: 'members'.");
    if (is_member(session, group.id, member->id))
        refuse(
            "One or more added object references already exist for the following modified properties: "
            "'members'.");
    session.entra.save(Membership{group.id, member->id, member->type});
    session.note("entra", "group member added", group.id, fmt::format(R"({{"memberId":"{}"}})", member->id));
}

void remove_member(Session& session, std::string_view group_id, std::string_view member_id) {
    const DirectoryGroup group = to_change(session, group_id);
    if (!session.entra.erase_membership(group.id, member_id)) throw missing_object_of_change(member_id);
    session.note("entra", "group member removed", group.id, fmt::format(R"({{"memberId":"{}"}})", member_id));
}

std::vector<std::string> member_groups_among(Session& session, std::string_view object_id,
                                             const std::vector<std::string>& group_ids) {
    require_right(session, Right::read);
    const std::vector<std::string> all = session.entra.transitive_groups(object_id);
    std::vector<std::string> found;
    for (const std::string& wanted : group_ids)
        if (std::any_of(all.begin(), all.end(), [&](const std::string& id) { return iequals(id, wanted); }))
            found.push_back(lower(wanted));
    return found;
}

}  // namespace azid::entra
