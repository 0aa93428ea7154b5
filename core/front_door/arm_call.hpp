// One request to Resource Manager, past the front door.
#pragma once

#include "core/arm/resource_id.hpp"
#include "core/base/http.hpp"
#include "core/base/items.hpp"
#include "core/base/json.hpp"
#include "core/base/odata.hpp"
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
    std::vector<std::string> pieces;     // of the path, without empty ones
    const Json* guest_answer = nullptr;  // what the guest has done already that this request wants done
    mutable bool is_page = false;        // the answer is one already

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
// The service's own host, with the port that the client's Host header names: clients of a served state follow
// links to that. Never another host, whatever the header says.
std::string authority_of(const http::Request& request);
// What $filter asks for; empty where it asks for nothing. Throws Error (fault::bad_request) for what is none.
std::optional<ODataFilter> filter_of(const ArmCall& call);
// {"value":[...]}, of the items that pass $filter. Throws Error (fault::bad_request) for what is no filter.
http::Response list_answer(const ArmCall& call, std::vector<Json> items);
// The page of a list that $top and $skiptoken ask for, as paged() cuts it, of which no more is made than the
// page's own items. Throws Error: see there.
http::Response page_answer(const ArmCall& call, const EachItem& each);
// Cuts a long list ({"value":[...]}) into pages: as many as $top asks for, 1000 at most, from where
// $skiptoken says, with "nextLink" where more is to come. Other answers are left alone. Throws Error:
// bad_request for a $top that is no number, invalid_skip_token for a token that this list has not given.
http::Response paged(const ArmCall& call, http::Response whole);
// A page of the items, as the answer's body. With links_ahead there is a "nextLink" wherever the page holds
// anything, though nothing may come after it: Key Vault's way.
Json page_of(const ArmCall& call, Json items, bool links_ahead);
// ETag of the shown resource, where its provider gives one.
void add_etag(http::Response& response, const Json& body);
// If-Match and If-None-Match of a change, for the providers that heed them. Throws Error
// (precondition_failed).
void check_conditions(const ArmCall& call, const arm::ResourceId& id);
// The headers of every answer: ids of the request, what is left of the caller's rate, no caching.
void add_usual_headers(const ArmCall& call, http::Response& response);
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
