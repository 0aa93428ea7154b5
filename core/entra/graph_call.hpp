// One request to Microsoft Graph, taken apart, and the list of what it may ask for.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azid::http {
struct Request;
}

namespace azid::entra {

struct GraphCall {
    Session& session;
    const http::Request& request;
    std::vector<std::string> holes;  // what stands in the path's "{}"

    // The body as JSON. Throws Error (fault::graph_bad_request) when it is none.
    Json body() const;
};

struct GraphAnswer {
    int status = 200;
    std::shared_ptr<const Json> body;  // null for none
};

GraphAnswer nothing();  // 204
GraphAnswer answer_of(int status, Json body);
// The items that pass $filter, as much of each as $select names, a page of $top.
GraphAnswer list_answer(const GraphCall& call, std::string_view context, std::vector<Json> items);
// Whether the request names the members it wants.
bool selects(const GraphCall& call);
// The object with its context, as much of it as $select names.
GraphAnswer entity_answer(const GraphCall& call, std::string_view set, const Json& object);

struct GraphRoute {
    std::string_view method;
    std::string_view path;  // "users/{}/memberOf"
    GraphAnswer (*run)(const GraphCall&);
};

std::span<const GraphRoute> object_routes();       // users, groups, directoryObjects, me
std::span<const GraphRoute> application_routes();  // applications, owners, permission grants
std::span<const GraphRoute> service_principal_routes();
std::span<const GraphRoute> role_routes();
std::span<const GraphRoute> deleted_routes();

}  // namespace azid::entra
