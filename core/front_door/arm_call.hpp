// One request to Resource Manager, past the front door.
#pragma once

#include "core/arm/resource_id.hpp"
#include "core/base/http.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
// "https://host/path?query" as the client has to write it to come back here, with its own api-version first.
std::string link_to(const ArmCall& call, std::string_view path,
                    const std::vector<std::pair<std::string, std::string>>& query);
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
// Long-running operations that somebody follows. Empty when the path is another.
std::optional<http::Response> serve_operations(const ArmCall& call);
// The answer to a request that made, changed or removed the resource: where its provider takes its time, an
// operation is begun and the answer says where to follow it.
http::Response begun(const ArmCall& call, const arm::ResourceId& id, const std::string& location,
                     http::Response done);
// The same for an action (POST) on the resource, "start" for example.
http::Response action_begun(const ArmCall& call, const arm::ResourceId& id, std::string_view action,
                            http::Response done);
// 202 and the place where Resource Manager itself tells how its work on the target goes.
http::Response accepted_by_manager(const ArmCall& call, const std::string& target, std::string_view type,
                                   const Json& answer, int answer_status);
// 202 and Key Vault's place for the same.
http::Response accepted_by_vaults(const ArmCall& call, const std::string& target,
                                  const std::string& location);
// Puts what is still going on with it into the shown resource.
Json with_unfinished_state(const ArmCall& call, const arm::ResourceId& id, Json body);

// Resources of any type that azid serves, their collections and actions. Throws Error for types it does not.
http::Response serve_resources(const ArmCall& call);

}  // namespace azid::front_door
