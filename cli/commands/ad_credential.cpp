// "az ad app credential" and "az ad sp credential": the same commands on two kinds of objects.
#include "cli/app/environment.hpp"
#include "cli/commands/ad.hpp"
#include "cli/commands/ad_resolve.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/application_wire.hpp"
#include "core/entra/applications.hpp"
#include "core/entra/credentials.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/registration_ports.hpp"
#include "core/entra/service_principals.hpp"
#include "core/entra/wire.hpp"
#include "core/msi/certificates.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace azid::commands {

namespace {

// Whose credentials they are, once found by a caller who may change them.
struct Owner {
    std::string object_id;
    std::string app_id;
};

Owner application_to_change(app::Context& context) {
    const entra::Application found =
        entra::application_to_change(context.session(), application_given(context).id);
    return {found.id, found.app_id};
}

Owner service_principal_to_change(app::Context& context) {
    const entra::ServicePrincipal found =
        entra::service_principal_to_change(context.session(), service_principal_given(context).id);
    if (found.type == "ManagedIdentity")
        throw Error(fault::graph_bad_request,
                    "Credentials of a managed identity's service principal cannot be changed: the managed "
                    "identity resource provider rolls them.");
    return {found.id, found.app_id};
}

Json listed(app::Context& context, const std::string& owner_id) {
    return context.args.flag("cert") ? entra::key_credentials(context.session(), owner_id)
                                     : entra::password_credentials(context.session(), owner_id);
}

Json deleted(app::Context& context, const Owner& owner) {
    const std::string key_id = context.args.text("key_id");
    if (!context.args.flag("cert")) {
        entra::remove_password(context.session(), owner.object_id, key_id);
        return nullptr;
    }
    for (const entra::KeyCredential& one :
         context.session().entra.registrations().key_credentials(owner.object_id))
        if (iequals(one.key_id, key_id)) {
            context.session().entra.registrations().erase_key_credential(one.key_id);
            return nullptr;
        }
    throw Error(fault::graph_bad_request, fmt::format("No key credential found with keyId '{}'.", key_id));
}

Instant end_of(app::Context& context, Instant start) {
    const app::Args& args = context.args;
    if (args.given("years") && args.given("end_date"))
        throw Error(fault::client, "usage error: --years | --end-date");
    if (!args.given("end_date")) return years_after(start, args.given("years") ? args.number("years") : 1);
    const std::optional<Instant> end = parse_utc(args.text("end_date"));
    if (!end)
        throw Error(fault::client, fmt::format("Unknown string format: {}. Write --end-date as 2030-12-31 or "
                                               "2030-12-31T11:59:59+00:00.",
                                               args.text("end_date")));
    return *end;
}

void reset_certificate(app::Context& context, const Owner& owner, const ClientCertificate& certificate) {
    Json keys = Json::array();
    if (context.args.flag("append")) keys = entra::key_credentials(context.session(), owner.object_id);
    keys.push_back({{"displayName", context.args.text("display_name")},
                    {"endDateTime", entra::graph_time(certificate.end)},
                    {"key", certificate.key},
                    {"startDateTime", entra::graph_time(certificate.start)},
                    {"type", "AsymmetricX509Cert"},
                    {"usage", "Verify"}});
    entra::replace_keys(context.session(), owner.object_id, keys);
}

std::string reset_password(app::Context& context, const Owner& owner, Instant start, Instant end) {
    Session& session = context.session();
    if (!context.args.flag("append"))
        for (const entra::Secret& old : session.entra.secrets(owner.object_id))
            entra::remove_password(session, owner.object_id, old.key_id);
    const Json made = entra::add_password(session, owner.object_id,
                                          {{"displayName", context.args.text("display_name")},
                                           {"endDateTime", entra::graph_time(end)},
                                           {"startDateTime", entra::graph_time(start)}});
    return text_at(made, "secretText");
}

Json reset(app::Context& context, const Owner& owner) {
    const Instant start = context.session().now;
    const Instant end = end_of(context, start);
    Json result{
        {"appId", owner.app_id}, {"password", nullptr}, {"tenant", context.session().caller.tenant_id}};
    std::optional<ClientCertificate> certificate;
    if (context.args.flag("create_cert") || context.args.given("cert")) {
        certificate = client_certificate(context, start, end);
        reset_certificate(context, owner, *certificate);
    } else {
        result["password"] = reset_password(context, owner, start, end);
    }
    context.messages.warn(credential_warning);
    if (certificate && !certificate->file.empty()) {
        context.environment.write_private_file(certificate->file, certificate->pem);
        result["fileWithCertAndPrivateKey"] = certificate->file;
    }
    return result;
}

}  // namespace

Json ad_app_credential_list(app::Context& context) { return listed(context, application_given(context).id); }

Json ad_app_credential_delete(app::Context& context) {
    return deleted(context, application_to_change(context));
}

Json ad_app_credential_reset(app::Context& context) { return reset(context, application_to_change(context)); }

// Of a managed identity all its certificates, their keys made now where nobody has needed them yet.
Json ad_sp_credential_list(app::Context& context) {
    const entra::ServicePrincipal principal = service_principal_given(context);
    if (principal.resource_id.empty() || !context.args.flag("cert")) return listed(context, principal.id);
    msi::ensure_certificates(context.session(), principal);
    return entra::wire(context.session(), principal)["keyCredentials"];
}

Json ad_sp_credential_delete(app::Context& context) {
    return deleted(context, service_principal_to_change(context));
}

Json ad_sp_credential_reset(app::Context& context) {
    return reset(context, service_principal_to_change(context));
}

}  // namespace azid::commands
