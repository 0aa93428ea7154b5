// "az ad group".
#include "cli/commands/ad.hpp"
#include "cli/commands/ad_filter.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/groups.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

std::vector<std::string> ids_named(Session& session, const std::string& name, bool whole) {
    std::vector<std::string> ids;
    for (const entra::DirectoryGroup& group : entra::groups(session))
        if (whole ? iequals(group.display_name, name) : istarts_with(group.display_name, name))
            ids.push_back(group.id);
    return ids;
}

Json names_of(Session& session, const std::vector<std::string>& ids) {
    Json groups = Json::array();
    for (const std::string& id : ids)
        groups.push_back({{"displayName", entra::group(session, id).display_name}, {"id", id}});
    return groups;
}

}  // namespace

std::string group_given(app::Context& context, std::string_view option) {
    const std::string given = context.args.text(option);
    if (is_guid(given)) return given;
    std::vector<std::string> ids = ids_named(context.session(), given, true);
    if (ids.empty()) ids = ids_named(context.session(), given, false);
    if (ids.empty()) throw Error(fault::client, fmt::format("No group matches the name of '{}'", given));
    if (ids.size() > 1)
        throw Error(fault::client, fmt::format("More than one group match the name of '{}'", given));
    return ids.front();
}

Json ad_group_create(app::Context& context) {
    const app::Args& args = context.args;
    Session& session = context.session();
    std::vector<entra::DirectoryGroup> same;
    for (const entra::DirectoryGroup& group : entra::groups(session))
        if (iequals(group.display_name, args.text("display_name")) &&
            iequals(group.mail_nickname, args.text("mail_nickname")))
            same.push_back(group);
    if (!args.flag("force") && same.size() == 1) {
        context.messages.warn(
            "A group with the same display name and mail nickname already exists, returning.");
        return entra::wire(same.front());
    }
    if (!args.flag("force") && same.size() > 1)
        throw Error(fault::client,
                    fmt::format("There is more than one group with the same display name and mail nickname: "
                                "\"{}, {}\". Please delete them first.",
                                same[0].id, same[1].id));
    return entra::entity(
        "groups", entra::wire(entra::create_group(session, args.text("display_name"),
                                                  args.text("mail_nickname"), args.text("description"))));
}

Json ad_group_show(app::Context& context) {
    return entra::entity("groups",
                         entra::wire(entra::group(context.session(), group_given(context, "object_id"))));
}

Json ad_group_list(app::Context& context) {
    const app::Args& args = context.args;
    std::vector<std::string> terms;
    if (args.given("query_filter")) terms.push_back(args.text("query_filter"));
    if (args.given("display_name"))
        terms.push_back(filter_term("startswith(displayName,'", args.text("display_name"), "')"));
    std::vector<Json> all;
    for (const entra::DirectoryGroup& group : entra::groups(context.session()))
        all.push_back(entra::wire(group));
    return passing(all, terms);
}

Json ad_group_delete(app::Context& context) {
    entra::delete_group(context.session(), group_given(context, "object_id"));
    return nullptr;
}

Json ad_group_get_member_groups(app::Context& context) {
    Session& session = context.session();
    const entra::DirectoryGroup group = entra::group(session, group_given(context, "object_id"));
    return names_of(session, session.entra.transitive_groups(group.id));
}

Json ad_group_member_add(app::Context& context) {
    entra::add_member(context.session(), group_given(context, "group_id"),
                      context.args.text("member_object_id"));
    return nullptr;
}

Json ad_group_member_list(app::Context& context) {
    Session& session = context.session();
    Json shown = Json::array();
    for (const entra::Membership& member : entra::members(session, group_given(context, "group_id")))
        if (Json object = entra::wire_of_any(session, member.member_id); !object.is_null())
            shown.push_back(std::move(object));
    return shown;
}

Json ad_group_member_remove(app::Context& context) {
    entra::remove_member(context.session(), group_given(context, "group_id"),
                         context.args.text("member_object_id"));
    return nullptr;
}

Json ad_group_member_check(app::Context& context) {
    const std::vector<std::string> found = entra::member_groups_among(
        context.session(), context.args.text("member_object_id"), {group_given(context, "group_id")});
    return {{"value", !found.empty()}};
}

}  // namespace azid::commands
