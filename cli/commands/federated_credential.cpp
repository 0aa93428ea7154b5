#include "cli/commands/federated_credential.hpp"

#include "cli/commands/generic_update.hpp"
#include "cli/commands/shape.hpp"
#include "core/arm/resource_id.hpp"
#include "core/msi/federated.hpp"

#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

arm::ResourceId identity_id(const app::Context& context) {
    return {context.subscription,
            context.args.text("resource_group"),
            "Microsoft.ManagedIdentity",
            {{"userAssignedIdentities", context.args.text("identity_name")}}};
}

arm::ResourceId credential_id(const app::Context& context) {
    return identity_id(context).child("federatedIdentityCredentials", context.args.text("name"));
}

// The properties that options name, laid over those there are.
Json with_options(const app::Context& context, Json properties) {
    for (const char* name : {"issuer", "subject"})
        if (context.args.given(name)) properties[name] = context.args.text(name);
    if (context.args.given("audiences")) properties["audiences"] = context.args.list("audiences");
    return Json{{"properties", std::move(properties)}};
}

}  // namespace

// Without --audiences the one that Entra recommends is sent, as most versions of az do.
Json federated_credential_create(app::Context& context) {
    const Json recommended{{"audiences", Json::array({"api://AzureADTokenExchange"})}};
    return flattened(
        msi::put_federated(context.session(), credential_id(context), with_options(context, recommended)));
}

Json federated_credential_update(app::Context& context) {
    const Json before = msi::get_federated(context.session(), credential_id(context));
    Json wanted = with_options(context, before["properties"]);
    apply_generic_update(context, wanted["properties"]);
    return flattened(msi::put_federated(context.session(), credential_id(context), wanted));
}

Json federated_credential_show(app::Context& context) {
    return flattened(msi::get_federated(context.session(), credential_id(context)));
}

Json federated_credential_list(app::Context& context) {
    Json all = Json::array();
    for (const Json& one : msi::list_federated(context.session(), identity_id(context)))
        all.push_back(flattened(one));
    return all;
}

Json federated_credential_delete(app::Context& context) {
    msi::remove_federated(context.session(), credential_id(context));
    return nullptr;
}

}  // namespace azid::commands
