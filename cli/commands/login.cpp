// "az login": each way of proving who one is.
#include "cli/app/environment.hpp"
#include "cli/commands/account.hpp"
#include "core/account/caller.hpp"
#include "core/account/sign_in.hpp"
#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/http.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/jws.hpp"
#include "core/entra/aadsts.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/token_service.hpp"
#include "core/imds/endpoint.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>

namespace azid::commands {

namespace {

using account::Arrival;
using account::SignIn;

constexpr const char* arm_scope = "https://management.core.windows.net//.default";
constexpr const char* interactive_hint = "Interactive authentication is needed. Please run:\naz login\n";
constexpr const char* password_warning =
    "Starting September 1, 2025, MFA will be gradually enforced for Azure public cloud. The authentication "
    "with username "
    "and password in the command line is not supported with MFA. Consider using one of the compatible "
    "authentication "
    "methods. For more details, see https://go.microsoft.com/fwlink/?linkid=2276314";

[[noreturn]] void refuse(const char* message) { throw Error(fault::client, message); }

void check_combination(const app::Args& args) {
    const bool identity = args.flag("identity");
    const bool principal = args.flag("service_principal");
    const bool named = args.given("username");
    if (identity && (args.given("password") || principal || args.given("tenant")))
        refuse("usage error: '--identity' is not applicable with other arguments");
    if (identity && named)
        refuse(
            "Passing the managed identity ID with --username is no longer supported. Use --client-id, "
            "--object-id or "
            "--resource-id instead.");
    if (principal && !named)
        refuse("usage error: --service-principal --username NAME --password SECRET --tenant TENANT");
    if (args.given("as") && (identity || principal || named || args.given("password")))
        refuse("usage error: '--as' is not applicable with other arguments");
}

// The assertion by which the owner of a certificate proves itself (Microsoft's "certificate credentials").
std::string client_assertion(Session& session, const app::Environment& environment, const std::string& path,
                             const std::string& app_id, const std::string& tenant) {
    const std::string pem = environment.read_file(path).value_or("");
    const std::optional<crypto::Certificate> certificate = crypto::Certificate::from_pem(pem);
    const std::optional<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(pem);
    if (!certificate || !key)
        throw Error(
            fault::client,
            fmt::format("The file '{}' does not hold a certificate and its private key in PEM form.", path));
    const std::int64_t now = unix_seconds(session.now);
    const Json header{{"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", certificate->x5t_s256()}};
    const Json payload{{"aud", fmt::format("https://login.microsoftonline.com/{}/oauth2/v2.0/token", tenant)},
                       {"iss", app_id},
                       {"sub", app_id},
                       {"jti", new_guid(session.random)},
                       {"nbf", now},
                       {"exp", now + 600}};
    return crypto::sign_jwt(header, payload, *key);
}

Arrival service_principal(app::Context& context) {
    Session& session = context.session();
    entra::TokenRequest request;
    request.tenant = context.args.text("tenant");
    request.grant_type = "client_credentials";
    request.client_id = context.args.text("username");
    request.scope = arm_scope;
    if (context.args.given("certificate")) {
        request.client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        request.client_assertion =
            client_assertion(session, context.environment, context.args.text("certificate"),
                             request.client_id, request.tenant);
    } else if (context.args.given("client_assertion")) {
        request.client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        request.client_assertion = context.args.text("client_assertion");
    } else if (context.args.given("password")) {
        request.client_secret = context.args.text("password");
    } else {
        refuse("Please specify both username and password in non-interactive mode.");
    }
    if (request.tenant.empty()) throw entra::refusal(entra::aadsts::no_tenant_information);
    const entra::IssuedToken token = entra::issue_token(session, request);
    const std::optional<entra::ServicePrincipal> found =
        session.entra.find_service_principal(token.principal_id);
    return {token.principal_id, request.client_id, SignIn::service_principal, "",
            found ? found->tenant_id : ""};
}

struct IdentityChoice {
    const char* option;
    const char* parameter;  // of the metadata service
    const char* info;       // how az remembers it
};
constexpr std::array<IdentityChoice, 3> identity_choices{{{"client_id", "client_id", "MSIClient"},
                                                          {"object_id", "object_id", "MSIObject"},
                                                          {"resource_id", "msi_res_id", "MSIResource"}}};

arm::ResourceId machine_we_are_in(const app::Context& context) {
    const std::string here = context.environment.variable("AZID_VM").value_or("");
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(here);
    if (id && iequals(id->type(), "Microsoft.Compute/virtualMachines")) return *id;
    Error error(fault::client,
                "Failed to connect to MSI. Please make sure MSI is configured correctly and check the "
                "network connection.");
    error.with_hint(
        here.empty() ? "A managed identity signs in from inside its virtual machine: AZID_VM must hold the "
                       "machine's resource id.\n"
                     : fmt::format("AZID_VM is not the resource id of a virtual machine: {}.\n", here));
    throw error;
}

// Asks the metadata service of the machine we are in for a token, as az does, and reads who it is for.
Arrival managed_identity(app::Context& context) {
    Session& session = context.session();
    http::Request request = http::request_to(
        "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
        "https%3A%2F%2Fmanagement.core.windows.net%2F");
    request.method = "GET";
    request.headers["Metadata"] = "true";
    std::string info = "MSI";
    int given = 0;
    for (const IdentityChoice& choice : identity_choices) {
        if (!context.args.given(choice.option)) continue;
        request.query.emplace_back(choice.parameter, context.args.text(choice.option));
        info = fmt::format("{}-{}", choice.info, context.args.text(choice.option));
        ++given;
    }
    if (given > 1) refuse("Usage error: Provide only one of --client-id, --object-id, --resource-id.");
    const arm::ResourceId machine = machine_we_are_in(context);
    imds::require_running(session, machine);
    const http::Response answer = imds::answer_metadata(session, machine, request);
    const Json body = parse_json(answer.body);
    if (answer.status != 200) {
        Error error(fault::imds_invalid_request, text_at(body, "error_description"));
        error.with_hint(interactive_hint);
        throw error;
    }
    const std::optional<crypto::Jwt> token = crypto::decode_jwt(text_at(body, "access_token"));
    if (!token) refuse("The metadata service's token cannot be read.");
    return {text_at(*token->payload, "oid"), given == 0 ? "systemAssignedIdentity" : "userAssignedIdentity",
            SignIn::managed_identity, info, text_at(*token->payload, "tid")};
}

Arrival user_by_password(app::Context& context) {
    std::optional<std::string> password = context.args.value("password");
    if (!password && context.environment.stdin_is_terminal) {
        context.environment.write_out("Password: ");
        password = context.environment.read_line();
    }
    if (!password) refuse("Please specify both username and password in non-interactive mode.");
    return account::user_with_password(context.session(), context.args.text("tenant"),
                                       context.args.text("username"), *password);
}

Arrival arrive(app::Context& context) {
    const app::Args& args = context.args;
    if (args.given("as")) return account::anybody(context.session(), args.text("as"));
    if (args.flag("identity")) return managed_identity(context);
    if (args.flag("service_principal")) return service_principal(context);
    if (args.given("username")) return user_by_password(context);
    const Arrival arrival = account::administrator(context.session());
    const std::string tenant = args.text("tenant");
    if (!tenant.empty() && !iequals(entra::tenant_of_path(context.session(), tenant).id, arrival.tenant_id))
        throw Error(fault::client, fmt::format("The administrator '{}' is not of the tenant '{}'.",
                                               arrival.user_name, tenant));
    return arrival;
}

}  // namespace

Json login(app::Context& context) {
    check_combination(context.args);
    if (context.args.given("username") && !context.args.flag("service_principal"))
        context.messages.warn(password_warning);
    std::optional<Arrival> arrival;
    try {
        arrival = arrive(context);
    } catch (const Error& error) {
        if (error.fault().surface != Surface::entra) throw;
        throw account::told_refusal(context.session(), error);
    }
    const bool identity = arrival->sign_in == SignIn::managed_identity;
    Json shown = Json::array();
    for (const account::Profile& profile :
         account::sign_in(context.session(), *arrival, context.args.flag("allow_no_subscriptions")))
        shown.push_back(account_wire(context.session(), profile, identity ? "environmentName" : "cloudName"));
    return shown;
}

}  // namespace azid::commands
