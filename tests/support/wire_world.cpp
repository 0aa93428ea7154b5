#include "support/wire_world.hpp"

#include "core/base/random.hpp"
#include "core/entra/token_service.hpp"
#include "core/front_door/hosts.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"

#include <nlohmann/json.hpp>

namespace azid::test {

std::string WireAnswer::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

std::shared_ptr<const Json> WireAnswer::json() const {
    Json parsed = Json::parse(text, nullptr, false);
    return std::make_shared<const Json>(parsed.is_discarded() ? Json() : std::move(parsed));
}

std::string WireAnswer::code() const {
    const std::shared_ptr<const Json> body = json();
    const Json* const code = find(*body, "error.code");
    return code != nullptr && code->is_string() ? code->get<std::string>() : std::string();
}

std::string WireAnswer::message() const {
    const std::shared_ptr<const Json> body = json();
    const Json* const message = find(*body, "error.message");
    return message != nullptr && message->is_string() ? message->get<std::string>() : std::string();
}

std::string WireWorld::token_for(const Caller& caller, const std::string& resource) {
    std::string token;
    as(caller,
       [&](Session& session) { token = entra::issue_token_to_caller(session, resource).access_token; });
    return token;
}

Caller WireWorld::caller_for(const entra::ServicePrincipal& principal) const {
    return {principal.id, tenant.id, principal.app_id, principal.app_id, false, {}, {}, {}};
}

const std::string& WireWorld::admin_token() {
    if (admin_token_.empty()) admin_token_ = token_for(admin, "https://management.azure.com/");
    return admin_token_;
}

WireAnswer WireWorld::send(const http::Request& request) {
    http::Response response;
    as_nobody([&](Session& session) { response = front_door::answer(session, request); });
    return {response.status, response.headers, response.body};
}

WireAnswer WireWorld::ask(const std::string& method, const std::string& url, const std::string& token,
                          const std::string& body, const http::Headers& headers) {
    http::Request request = http::request_to(url);
    request.method = method;
    request.headers = headers;
    if (!token.empty()) request.headers["Authorization"] = "Bearer " + token;
    request.body = body;
    return send(request);
}

std::string WireWorld::arm_url(const std::string& path) const {
    const std::string url = "https://management.azure.com/subscriptions/" + subscription + path;
    if (path.find("api-version=") != std::string::npos) return url;
    return url + (path.find('?') == std::string::npos ? "?" : "&") + "api-version=2024-11-01";
}

WireAnswer WireWorld::arm(const std::string& method, const std::string& path, const std::string& body,
                          const http::Headers& headers) {
    return ask(method, arm_url(path), admin_token(), body, headers);
}

void WireWorld::assign(const std::string& principal, const std::string& role_definition_guid,
                       const std::string& scope) {
    as_admin([&](Session& session) {
        rbac::RoleAssignment assignment;
        assignment.name = new_guid(session.random);
        assignment.scope = scope;
        assignment.role_definition_id = role_definition_guid;
        assignment.principal_id = principal;
        assignment.principal_type = "ServicePrincipal";
        session.rbac.save(assignment);
    });
}

}  // namespace azid::test
