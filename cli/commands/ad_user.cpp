// "az ad user" and "az ad signed-in-user".
#include "cli/commands/ad.hpp"
#include "cli/commands/ad_filter.hpp"
#include "core/base/text.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/groups.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/users.hpp"
#include "core/entra/wire.hpp"

#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

Json shown(const entra::User& user) {
    return entra::entity("users", entra::usual_members(entra::wire(user)));
}

}  // namespace

Json ad_user_create(app::Context& context) {
    const app::Args& args = context.args;
    entra::NewUser wanted;
    wanted.user_principal_name = args.text("user_principal_name");
    wanted.display_name = args.text("display_name");
    wanted.password = args.text("password");
    wanted.must_change_password = args.flag("force_change_password_next_sign_in");
    // az: what stands before the at sign.
    wanted.mail_nickname = args.given("mail_nickname") ? args.text("mail_nickname")
                                                       : split(wanted.user_principal_name, '@').front();
    return shown(entra::create_user(context.session(), wanted));
}

Json ad_user_show(app::Context& context) {
    return shown(entra::user(context.session(), context.args.text("upn_or_object_id")));
}

Json ad_user_list(app::Context& context) {
    const app::Args& args = context.args;
    std::vector<std::string> terms;
    if (args.given("query_filter")) terms.push_back(args.text("query_filter"));
    if (args.given("display_name"))
        terms.push_back(filter_term("startswith(displayName,'", args.text("display_name"), "')"));
    if (args.given("upn")) terms.push_back(filter_term("userPrincipalName eq '", args.text("upn"), "'"));
    std::vector<Json> all;
    for (const entra::User& user : entra::users(context.session())) all.push_back(entra::wire(user));
    Json found = passing(all, terms);
    for (Json& user : found) user = entra::usual_members(user);
    return found;
}

Json ad_user_update(app::Context& context) {
    const app::Args& args = context.args;
    entra::UserChange change;
    change.display_name = args.value("display_name");
    change.mail_nickname = args.value("mail_nickname");
    change.password = args.value("password");
    change.enabled = args.three_state("account_enabled");
    change.must_change_password = args.three_state("force_change_password_next_sign_in");
    entra::update_user(context.session(), args.text("upn_or_object_id"), change);
    return nullptr;
}

Json ad_user_delete(app::Context& context) {
    entra::delete_user(context.session(), context.args.text("upn_or_object_id"));
    return nullptr;
}

Json ad_user_get_member_groups(app::Context& context) {
    Session& session = context.session();
    const entra::User user = entra::user(session, context.args.text("upn_or_object_id"));
    Json groups = Json::array();
    for (const std::string& id : session.entra.transitive_groups(user.id))
        groups.push_back({{"displayName", entra::group(session, id).display_name}, {"id", id}});
    return groups;
}

Json ad_signed_in_user_show(app::Context& context) { return shown(entra::signed_in_user(context.session())); }

}  // namespace azid::commands
