#include "cli/commands/token.hpp"

#include "cli/app/environment.hpp"
#include "cli/commands/token_notes.hpp"
#include "cli/server/client_files.hpp"
#include "cli/server/http_client.hpp"
#include "core/arm/resource_id.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/jws.hpp"
#include "core/entra/access_token.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/signing_key.hpp"
#include "core/imds/endpoint.hpp"
#include "core/msi/certificates.hpp"
#include "core/web/identity_endpoint.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace azid::commands {

namespace {

constexpr const char* token_url =
    "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01";

constexpr const char* app_token_url = "http://127.0.0.1/msi/token?api-version=2019-08-01";
constexpr std::array<std::pair<const char*, const char*>, 5> app_parameters{
    {{"resource", "resource"},
     {"client_id", "client_id"},
     {"object_id", "principal_id"},
     {"mi_res_id", "mi_res_id"},
     {"bypass_cache", "bypass_cache"}}};

// --token, else standard input.
std::string token_given(const app::Context& context) {
    std::string token = context.args.text("token");
    if (!context.args.given("token")) token = context.environment.read_file("-").value_or("");
    token = trim(token);
    if (istarts_with(token, "Bearer ")) token = trim(std::string_view(token).substr(7));
    if (token.empty()) throw Error(fault::usage, "the following arguments are required: --token");
    return token;
}

// -g and -n, else the VM that AZID_VM says we are in.
arm::ResourceId machine_of(const app::Context& context) {
    const std::string group = context.args.text("resource_group_name");
    const std::string name = context.args.text("vm_name");
    if (!name.empty() && !group.empty())
        return {context.subscription, group, "Microsoft.Compute", {{"virtualMachines", name}}};
    const std::string here = context.environment.variable("AZID_VM").value_or("");
    if (!name.empty() || here.empty())
        throw Error(fault::usage, fmt::format("the following arguments are required: {}",
                                              group.empty() && name.empty() ? "--resource-group/-g, --name/-n"
                                              : group.empty()               ? "--resource-group/-g"
                                                                            : "--name/-n"));
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(here);
    if (!id || !iequals(id->type(), "Microsoft.Compute/virtualMachines"))
        throw Error(fault::usage,
                    fmt::format("AZID_VM is not the resource id of a virtual machine: {}.", here));
    return *id;
}

http::Request metadata_request(const app::Context& context) {
    constexpr std::array<std::pair<const char*, const char*>, 4> parameters{{{"resource", "resource"},
                                                                             {"client_id", "client_id"},
                                                                             {"object_id", "object_id"},
                                                                             {"mi_res_id", "msi_res_id"}}};
    http::Request request = http::request_to(token_url);
    request.method = "GET";
    request.headers["Metadata"] = "true";
    for (const auto& [option, parameter] : parameters)
        if (context.args.given(option)) request.query.emplace_back(parameter, context.args.text(option));
    if (context.args.flag("bypass_cache")) request.query.emplace_back("bypass_cache", "true");
    return request;
}

std::string flaw_text(const entra::TokenReading& token, const std::string& expected_audience) {
    using entra::TokenFlaw;
    switch (token.flaw) {
        case TokenFlaw::none:
            return {};
        case TokenFlaw::malformed:
            return "it is no JSON Web Token";
        case TokenFlaw::bad_algorithm:
            return "it is not signed with RS256";
        case TokenFlaw::unknown_key:
            return "the key that it names is none of the tenant's (see 'azid token keys')";
        case TokenFlaw::bad_signature:
            return "its signature is not that of its text";
        case TokenFlaw::wrong_issuer:
            return fmt::format("its issuer '{}' is not the tenant that it names", token.issuer);
        case TokenFlaw::wrong_audience:
            return fmt::format("it is for '{}', not for '{}'", token.audience, expected_audience);
        case TokenFlaw::not_yet_valid:
            return fmt::format("it is not valid before {}", utc_seconds(token.not_before));
        case TokenFlaw::expired:
            return fmt::format("it expired at {}", utc_seconds(token.expires));
    }
    return {};
}

void require_role(const entra::TokenReading& token, const std::string& role) {
    const std::vector<std::string>& roles = token.caller.token_roles;
    if (role.empty() || std::find(roles.begin(), roles.end(), role) != roles.end()) return;
    throw Error(fault::client,
                fmt::format("The token is not valid: it does not hold the app role '{}' (roles: {}).", role,
                            roles.empty() ? "none" : join(roles, ", ")));
}

// By object id, client id, or the resource that it is (user-assigned) or belongs to (system-assigned).
entra::ServicePrincipal identity_named(Session& session, const std::string& id) {
    std::optional<entra::ServicePrincipal> found = session.entra.find_service_principal(id);
    if (!found) found = session.entra.find_service_principal_named(session.caller.tenant_id, id);
    if (!found && !id.empty()) found = session.entra.find_service_principal_of(id);
    if (!found)
        throw Error(fault::client_not_found,
                    fmt::format("No managed identity has the object id, client id or resource id '{}'.", id));
    if (found->type != "ManagedIdentity")
        throw Error(
            fault::client,
            fmt::format("'{}' is an application: only managed identities have a certificate that Azure keeps "
                        "for them.",
                        id));
    return *found;
}

http::Response answer_in_machine(app::Context& context) {
    const arm::ResourceId machine = machine_of(context);
    imds::require_running(context.session(), machine);
    return imds::answer_metadata(context.session(), machine, metadata_request(context));
}

// As App Service's endpoint answers the app's code.
http::Response answer_in_app(app::Context& context) {
    const std::string group = context.args.text("resource_group_name");
    if (group.empty() || context.args.given("vm_name"))
        throw Error(fault::usage, "--app needs --resource-group/-g, and takes the place of --name/-n.");
    const arm::ResourceId id(context.subscription, group, "Microsoft.Web",
                             {{"sites", context.args.text("app")}});
    http::Request request = http::request_to(app_token_url);
    request.method = "GET";
    request.headers["X-IDENTITY-HEADER"] = "given";
    for (const auto& [option, parameter] : app_parameters)
        if (context.args.given(option)) request.query.emplace_back(parameter, context.args.text(option));
    return web::answer_app_identity(context.session(), id, request, "given");
}

Json token_of(const http::Response& answer) {
    if (answer.status == 200) return parse_json(answer.body);
    throw Error(fault::imds_invalid_request, answer.body);
}

}  // namespace

Json token_get(app::Context& context) {
    if (context.args.given("endpoint")) return nullptr;
    return token_of(context.args.given("app") ? answer_in_app(context) : answer_in_machine(context));
}

Json token_get_over_network(app::Context& context, Json result) {
    if (!context.args.given("endpoint")) return result;
    return token_of(server::send(metadata_request(context), context.args.text("endpoint"),
                                 server::authority_of(context.state_path)));
}

Json token_decode(app::Context& context) {
    const std::optional<crypto::Jwt> jwt = crypto::decode_jwt(token_given(context));
    if (!jwt)
        throw Error(
            fault::client,
            "This is no JSON Web Token: it needs three parts of base64url between dots, the first two of "
            "them JSON objects.");
    return Json{{"header", *jwt->header}, {"claims", *jwt->payload}, {"notes", claim_notes(*jwt->payload)}};
}

Json token_verify(app::Context& context) {
    const std::string audience = context.args.text("audience");
    const std::array<std::string_view, 1> only{audience};
    const entra::TokenExpectation expected{
        .tenant = {},
        .audiences = audience.empty() ? std::span<const std::string_view>() : std::span(only),
        .now = context.session().now};
    const entra::TokenReading token =
        entra::read_access_token(context.session().entra, token_given(context), expected);
    if (token.flaw != entra::TokenFlaw::none)
        throw Error(fault::client, fmt::format("The token is not valid: {}.", flaw_text(token, audience)));
    require_role(token, context.args.text("role"));
    return Json{{"valid", true},
                {"audience", token.audience},
                {"issuer", token.issuer},
                {"tenantId", token.caller.tenant_id},
                {"objectId", token.caller.object_id},
                {"clientId", token.caller.app_id},
                {"notBefore", utc_seconds(token.not_before)},
                {"expiresOn", utc_seconds(token.expires)},
                {"groups", token.caller.groups},
                {"roles", token.caller.token_roles}};
}

Json token_certificate(app::Context& context) {
    const entra::ServicePrincipal identity = identity_named(context.session(), context.args.text("identity"));
    const msi::Certificate record = msi::ensure_certificate(context.session(), identity);
    const std::optional<crypto::Certificate> certificate = crypto::Certificate::from_der(record.certificate);
    if (!certificate) throw Error(fault::state, "The stored certificate is not readable.");
    return Json{{"keyId", record.key_id},
                {"notAfter", utc_seconds(record.not_after)},
                {"notBefore", utc_seconds(record.not_before)},
                {"pem", certificate->pem()},
                {"principalId", identity.id},
                {"subject", certificate->subject()},
                {"thumbprint", record.thumbprint},
                {"x5t", certificate->x5t()},
                {"x5t#S256", certificate->x5t_s256()}};
}

Json token_keys(app::Context& context) {
    const std::string tenant = context.session().caller.tenant_id;
    entra::ensure_signing_key(context.session(), tenant);
    return entra::json_web_key_set(context.session().entra, tenant, true);
}

}  // namespace azid::commands
