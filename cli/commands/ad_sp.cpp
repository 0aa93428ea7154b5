// "az ad sp".
#include "cli/commands/ad.hpp"
#include "cli/commands/ad_filter.hpp"
#include "cli/commands/ad_resolve.hpp"
#include "cli/commands/generic_update.hpp"
#include "core/base/text.hpp"
#include "core/entra/applications.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/owners.hpp"
#include "core/entra/service_principals.hpp"
#include "core/entra/wire.hpp"
#include "core/msi/certificates.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::commands {

namespace {

// Those the signed-in user owns.
bool is_owned(Session& session, const std::string& object_id) {
    const std::string me = entra::signed_in_user(session).id;
    for (const std::string& owner : entra::owners(session, object_id))
        if (iequals(owner, me)) return true;
    return false;
}

}  // namespace

Json ad_sp_show(app::Context& context) {
    Session& session = context.session();
    const entra::ServicePrincipal principal =
        entra::service_principal(session, service_principal_id(session, context.args.text("identifier")));
    if (!principal.resource_id.empty()) msi::ensure_certificates(session, principal);
    return entra::entity("servicePrincipals", entra::wire(session, principal));
}

// az takes an appId, an identifier URI or an application's object id; anything else goes to Graph as an
// appId.
Json ad_sp_create(app::Context& context) {
    Session& session = context.session();
    const std::string given = context.args.text("identifier");
    std::string app_id = given;
    for (const entra::Application& one : entra::applications(session)) {
        const auto& uris = one.identifier_uris;
        if (iequals(one.id, given) || std::find(uris.begin(), uris.end(), given) != uris.end())
            app_id = one.app_id;
    }
    const Json body{{"appId", app_id}, {"accountEnabled", true}};
    return entra::entity("servicePrincipals",
                         entra::wire(session, entra::create_service_principal(session, body)));
}

Json ad_sp_update(app::Context& context) {
    Session& session = context.session();
    const entra::ServicePrincipal before = service_principal_given(context);
    const Json shown = entra::wire(session, before);
    Json wanted = shown;
    apply_generic_update(context, wanted);
    Json body = Json::object();
    for (const auto& [name, value] : wanted.items())
        if (!shown.contains(name) || shown[name] != value) body[name] = value;
    entra::update_service_principal(session, before.id, body);
    return nullptr;
}

Json ad_sp_list(app::Context& context) {
    const app::Args& args = context.args;
    std::vector<std::string> terms;
    if (args.given("query_filter")) terms.push_back(args.text("query_filter"));
    if (args.given("spn"))
        terms.push_back(filter_term("servicePrincipalNames/any(c:c eq '", args.text("spn"), "')"));
    if (args.given("display_name"))
        terms.push_back(filter_term("startswith(displayName,'", args.text("display_name"), "')"));
    std::vector<Json> all;
    for (const entra::ServicePrincipal& principal : entra::service_principals(context.session()))
        if (!args.flag("show_mine") || is_owned(context.session(), principal.id))
            all.push_back(entra::wire(context.session(), principal));
    return cut_list(context, passing(all, terms), !terms.empty() || args.flag("include_all"));
}

Json ad_sp_delete(app::Context& context) {
    Session& session = context.session();
    entra::delete_service_principal(session, service_principal_id(session, context.args.text("identifier")));
    return nullptr;
}

}  // namespace azid::commands
