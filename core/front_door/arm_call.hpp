// One request to Resource Manager, past the front door.
#pragma once

#include "core/base/http.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azid::front_door {

struct ArmCall {
    Session& session;
    const http::Request& request;
    std::vector<std::string> pieces;  // of the path, without empty ones

    // The piece, lower case; empty beyond the end.
    std::string word(std::size_t index) const;
    // The body as a JSON object. Throws Error (fault::invalid_request_content).
    Json body() const;
};

http::Response json_answer(int status, const Json& body);
http::Response empty_answer(int status);
// {"value":[...]}, of the items that pass $filter. Throws Error (fault::bad_request) for what is no filter.
http::Response list_answer(const ArmCall& call, std::vector<Json> items);
// "The requested resource does not support http method 'X'."
[[noreturn]] void refuse_method(const ArmCall& call);

// Tenants, subscriptions, locations, resource groups and the lists of resources. Empty when the path is
// another.
std::optional<http::Response> serve_scopes(const ArmCall& call);
// What resource providers answer beside their resources. Empty when the path is another.
std::optional<http::Response> serve_providers(const ArmCall& call);
// Deployments of templates. Empty when the path is another.
std::optional<http::Response> serve_deployments(const ArmCall& call);
// Locks and tags of any scope, a subscription's providers and tag names. Empty when the path is another.
std::optional<http::Response> serve_extensions(const ArmCall& call);
// Management groups. Empty when the path is another.
std::optional<http::Response> serve_management(const ArmCall& call);
// Resources of any type that azid serves, their collections and actions. Throws Error for types it does not.
http::Response serve_resources(const ArmCall& call);

}  // namespace azid::front_door
