// "az ad app": the applications themselves. Credentials, owners and permissions stand in files of their own.
#include "cli/commands/ad.hpp"
#include "cli/commands/ad_app_body.hpp"
#include "cli/commands/ad_filter.hpp"
#include "cli/commands/ad_resolve.hpp"
#include "cli/commands/generic_update.hpp"
#include "cli/commands/json_argument.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/application_wire.hpp"
#include "core/entra/applications.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/federated_identities.hpp"
#include "core/entra/owners.hpp"
#include "core/entra/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

std::string federated_set(const std::string& application) {
    return fmt::format("applications('{}')/federatedIdentityCredentials", application);
}

bool is_owned(Session& session, const std::string& object_id) {
    if (!session.caller.is_user) entra::signed_in_user(session);
    for (const std::string& owner : entra::owners(session, object_id))
        if (iequals(owner, session.caller.object_id)) return true;
    return false;
}

}  // namespace

Json ad_app_create(app::Context& context) {
    return entra::entity("applications", create_or_patch_application(context, application_body(context)));
}

Json ad_app_show(app::Context& context) {
    Session& session = context.session();
    const std::string id = application_id(session, context.args.text("identifier"));
    return entra::entity("applications", entra::wire(session, entra::application(session, id)));
}

Json ad_app_list(app::Context& context) {
    const app::Args& args = context.args;
    std::vector<std::string> terms;
    if (args.given("query_filter")) terms.push_back(args.text("query_filter"));
    if (args.given("app_id")) terms.push_back(filter_term("appId eq '", args.text("app_id"), "'"));
    if (args.given("display_name"))
        terms.push_back(filter_term("startswith(displayName,'", args.text("display_name"), "')"));
    if (args.given("identifier_uri"))
        terms.push_back(filter_term("identifierUris/any(s:s eq '", args.text("identifier_uri"), "')"));
    std::vector<Json> all;
    for (const entra::Application& one : entra::applications(context.session()))
        if (!args.flag("show_mine") || is_owned(context.session(), one.id))
            all.push_back(entra::wire(context.session(), one));
    return cut_list(context, passing(all, terms), !terms.empty() || args.flag("include_all"));
}

Json ad_app_update(app::Context& context) {
    Session& session = context.session();
    const entra::Application before = application_given(context);
    Json body = application_body(context);
    const Json shown = entra::wire(session, before);
    Json wanted = shown;
    apply_generic_update(context, wanted);
    for (const auto& [name, value] : wanted.items())
        if (!shown.contains(name) || shown[name] != value) body[name] = value;
    entra::update_application(session, before.id, body);
    return nullptr;
}

Json ad_app_delete(app::Context& context) {
    entra::delete_application(context.session(), application_given(context).id);
    return nullptr;
}

Json ad_app_federated_create(app::Context& context) {
    const std::string id = application_given(context, "app_identifier").id;
    const Json body = json_argument(context, context.args.text("parameters"));
    return entra::entity(federated_set(id),
                         entra::wire(entra::create_federated_identity(context.session(), id, body)));
}

Json ad_app_federated_update(app::Context& context) {
    const std::string id = application_given(context, "app_identifier").id;
    entra::update_federated_identity(context.session(), id,
                                     context.args.text("federated_identity_credential_id_or_name"),
                                     json_argument(context, context.args.text("parameters")));
    return nullptr;
}

Json ad_app_federated_show(app::Context& context) {
    const std::string id = application_given(context, "app_identifier").id;
    return entra::entity(
        federated_set(id),
        entra::wire(entra::federated_identity(
            context.session(), id, context.args.text("federated_identity_credential_id_or_name"))));
}

Json ad_app_federated_list(app::Context& context) {
    Json all = Json::array();
    for (const entra::FederatedIdentity& one :
         entra::federated_identities(context.session(), application_given(context, "app_identifier").id))
        all.push_back(entra::wire(one));
    return all;
}

Json ad_app_federated_delete(app::Context& context) {
    entra::delete_federated_identity(context.session(), application_given(context, "app_identifier").id,
                                     context.args.text("federated_identity_credential_id_or_name"));
    return nullptr;
}

}  // namespace azid::commands
