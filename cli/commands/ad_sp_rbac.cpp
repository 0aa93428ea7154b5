// "az ad sp create-for-rbac": an application, its service principal, a credential and roles in one go.
#include "cli/app/environment.hpp"
#include "cli/commands/ad.hpp"
#include "cli/commands/ad_app_body.hpp"
#include "cli/commands/ad_resolve.hpp"
#include "cli/commands/role_words.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/application_wire.hpp"
#include "core/entra/credentials.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/service_principals.hpp"
#include "core/rbac/assignments.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace azid::commands {

namespace {

// az's name for what gets none: "azure-cli-2024-01-02-03-04-05".
std::string usual_name(Instant now) {
    std::string time = utc_seconds(now);
    time.pop_back();
    return "azure-cli-" + replace_all(replace_all(std::move(time), "T", "-"), ":", "-");
}

std::string service_principal_of(Session& session, const std::string& app_id) {
    const std::optional<entra::ServicePrincipal> there =
        session.entra.find_service_principal_named(session.caller.tenant_id, app_id);
    if (there) return there->id;
    return entra::create_service_principal(session, Json{{"appId", app_id}, {"accountEnabled", true}}).id;
}

void give_roles(app::Context& context, const std::string& principal) {
    Session& session = context.session();
    const std::string role = context.args.text("role");
    for (const std::string& given : context.args.list("scopes")) {
        context.messages.warn(fmt::format("Creating '{}' role assignment under scope '{}'", role, given));
        try {
            const std::string scope = scope_from(context, given);
            const std::string definition = role_definition_from(context, role, scope);
            rbac::put_role_assignment(session, scope, new_guid(session.random),
                                      rbac::role_assignment_body(definition, principal, "ServicePrincipal"));
        } catch (const Error& error) {
            if (error.fault().code == fault::role_assignment_exists.code) {
                context.messages.warn("  Role assignment already exists.\n");
                continue;
            }
            context.messages.warn("  Role assignment creation failed.\n");
            throw;
        }
    }
}

// What --json-auth prints, whatever the output format: the members in az's order.
void print_for_sdks(app::Context& context, const std::string& app_id, const Json& password,
                    const std::string& certificate_file) {
    const std::vector<std::string> scopes = context.args.list("scopes");
    const std::vector<std::string> pieces = split(scopes.empty() ? "" : scopes.front(), '/');
    Json shown{{"clientId", app_id}};
    if (password.is_null())
        shown["clientCertificate"] = certificate_file.empty() ? Json(nullptr) : Json(certificate_file);
    else
        shown["clientSecret"] = password;
    shown["subscriptionId"] = pieces.size() > 2 ? pieces[2] : context.subscription;
    shown["tenantId"] = context.session().caller.tenant_id;
    shown["activeDirectoryEndpointUrl"] = "https://login.microsoftonline.com";
    shown["resourceManagerEndpointUrl"] = "https://management.azure.com/";
    shown["activeDirectoryGraphResourceId"] = "https://graph.windows.net/";
    shown["sqlManagementEndpointUrl"] = "https://management.core.windows.net:8443/";
    shown["galleryEndpointUrl"] = "https://gallery.azure.com/";
    shown["managementEndpointUrl"] = "https://management.core.windows.net/";
    context.environment.write_out(shown.dump(2) + "\n");
}

struct Credential {
    Json password = nullptr;
    std::optional<ClientCertificate> certificate;
};

Json key_of(const ClientCertificate& certificate) {
    return Json::array({{{"endDateTime", entra::graph_time(certificate.end)},
                         {"key", certificate.key},
                         {"startDateTime", entra::graph_time(certificate.start)},
                         {"type", "AsymmetricX509Cert"},
                         {"usage", "Verify"}}});
}

}  // namespace

void check_create_for_rbac(const app::Args& args, app::Messages& messages) {
    // az warns of the older spelling whichever is written.
    if (args.given("show_auth_in_json"))
        messages.warn("Option '--sdk-auth' has been deprecated and will be removed in a future release.");
    if (args.given("role") != args.given("scopes"))
        throw Error(fault::client,
                    "Usage error: To create role assignments, specify both --role and --scopes.");
}

Json ad_sp_create_for_rbac(app::Context& context) {
    const app::Args& args = context.args;
    Session& session = context.session();
    const Instant end = years_after(session.now, args.given("years") ? args.number("years") : 1);
    Json body{
        {"displayName", args.given("display_name") ? args.text("display_name") : usual_name(session.now)}};
    if (args.given("service_management_reference"))
        body["serviceManagementReference"] = args.text("service_management_reference");
    Credential credential;
    if (args.flag("create_cert") || args.given("cert")) {
        credential.certificate = client_certificate(context, session.now, end);
        body["keyCredentials"] = key_of(*credential.certificate);
    }
    const Json application = create_or_patch_application(context, body);
    if (!credential.certificate && args.flag("create_password"))
        credential.password =
            text_at(entra::add_password(session, text_at(application, "id"),
                                        {{"displayName", "rbac"},
                                         {"endDateTime", entra::graph_time(end)},
                                         {"startDateTime", entra::graph_time(session.now)}}),
                    "secretText");
    const std::string app_id = text_at(application, "appId");
    give_roles(context, service_principal_of(session, app_id));
    const std::string file = credential.certificate ? credential.certificate->file : std::string();
    if (!credential.password.is_null() || credential.certificate) context.messages.warn(credential_warning);
    if (!file.empty()) context.environment.write_private_file(file, credential.certificate->pem);
    if (args.flag("show_auth_in_json")) {
        print_for_sdks(context, app_id, credential.password, file);
        return nullptr;
    }
    Json result{{"appId", app_id},
                {"displayName", body["displayName"]},
                {"password", credential.password},
                {"tenant", session.caller.tenant_id}};
    if (!file.empty()) {
        context.messages.warn(
            fmt::format("Please copy {} to a safe place. When you run 'az login', provide the file path in "
                        "the --certificate "
                        "argument",
                        file));
        result["fileWithCertAndPrivateKey"] = file;
    }
    return result;
}

}  // namespace azid::commands
