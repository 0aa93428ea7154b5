#include "core/rbac/http.hpp"

#include "core/arm/resource_id.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/rbac/assignments.hpp"
#include "core/rbac/definitions.hpp"
#include "core/rbac/denies.hpp"
#include "core/rbac/elevate.hpp"
#include "core/rbac/scope.hpp"
#include "core/rbac/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azid::rbac {

namespace {

struct Call {
    Session& session;
    const http::Request& request;
    std::string scope;
    std::string name;  // empty: the collection
    const std::function<http::Response(const EachItem&)>& as_page;
};

http::Response answer(int status, const Json& body) {
    http::Response response;
    response.status = status;
    if (body.is_null()) return response;
    response.headers["Content-Type"] = "application/json; charset=utf-8";
    response.body = compact(body);
    return response;
}

http::Response list_answer(std::vector<Json> items) { return answer(200, {{"value", std::move(items)}}); }

// DELETE answers with what it deleted, or 204.
http::Response deleted_answer(const Json& deleted) { return answer(deleted.is_null() ? 204 : 200, deleted); }

[[noreturn]] void refuse_method(const Call& call) {
    throw Error(
        fault::method_not_allowed,
        fmt::format("The requested resource does not support http method '{}'.", call.request.method));
}

// The terms of a $filter that ARM knows here: joined by "and", each one of a few forms.
std::vector<std::string> filter_terms(const http::Request& request) {
    std::vector<std::string> terms;
    std::string rest(trim(http::query_value(request, "$filter").value_or("")));
    while (!rest.empty()) {
        const size_t at = lower(rest).find(" and ");
        terms.emplace_back(trim(rest.substr(0, at)));
        rest = at == std::string::npos ? std::string() : rest.substr(at + 5);
    }
    return terms;
}

// The text in single quotes of "name('text')" or "name eq 'text'"; empty optional when the term is another.
std::optional<std::string> quoted_in(std::string_view term, std::string_view before, std::string_view after) {
    if (!istarts_with(term, before)) return std::nullopt;
    term.remove_prefix(before.size());
    if (!term.ends_with(after)) return std::nullopt;
    term = trim(term.substr(0, term.size() - after.size()));
    if (term.size() < 2 || term.front() != '\'' || term.back() != '\'') return std::nullopt;
    return replace_all(std::string(term.substr(1, term.size() - 2)), "''", "'");
}

[[noreturn]] void refuse_filter(std::string_view term) {
    throw Error(fault::bad_request, fmt::format("The filter '{}' is not supported.", term));
}

AssignmentFilter assignment_filter(const http::Request& request) {
    AssignmentFilter filter;
    for (const std::string& term : filter_terms(request)) {
        const std::optional<std::string> principal = quoted_in(term, "principalId eq ", "");
        const std::optional<std::string> assigned = quoted_in(term, "assignedTo(", ")");
        if (iequals(term, "atScope()")) {
            filter.at_scope = true;
        } else if (principal) {
            filter.principal = *principal;
        } else if (assigned) {
            filter.assigned_to = *assigned;
        } else {
            refuse_filter(term);
        }
    }
    return filter;
}

DefinitionFilter definition_filter(const http::Request& request) {
    DefinitionFilter filter;
    for (const std::string& term : filter_terms(request)) {
        const std::optional<std::string> name = quoted_in(term, "roleName eq ", "");
        const std::optional<std::string> type = quoted_in(term, "type eq ", "");
        if (name) {
            filter.role_name = *name;
        } else if (type) {
            filter.type = *type;
        } else if (iequals(term, "atScopeAndBelow()")) {
            filter.below = true;
        } else if (!iequals(term, "atScope()")) {
            refuse_filter(term);
        }
    }
    return filter;
}

http::Response list_assignments(const Call& call) {
    const AssignmentFilter filter = assignment_filter(call.request);
    if (!call.as_page) return list_answer(list_role_assignments(call.session, call.scope, filter));
    const std::string subscription = arm::subscription_of(call.scope);
    return call.as_page([&](const ItemVisit& visit) {
        visit_role_assignments(call.session, call.scope, filter, [&](const RoleAssignment& assignment) {
            visit(extension_id(assignment.scope, assignment_type, assignment.name),
                  [&] { return wire(assignment, subscription); });
        });
    });
}

http::Response serve_assignments(const Call& call) {
    const std::string& method = call.request.method;
    if (call.name.empty()) {
        if (method != "GET") refuse_method(call);
        return list_assignments(call);
    }
    if (method == "GET") return answer(200, get_role_assignment(call.session, call.scope, call.name));
    if (method == "DELETE")
        return deleted_answer(delete_role_assignment(call.session, call.scope, call.name));
    if (method != "PUT") refuse_method(call);
    bool created = false;
    const Json body =
        put_role_assignment(call.session, call.scope, call.name, parse_json(call.request.body), &created);
    return answer(created ? 201 : 200, body);
}

http::Response list_definitions(const Call& call) {
    const DefinitionFilter filter = definition_filter(call.request);
    if (!call.as_page) return list_answer(list_role_definitions(call.session, call.scope, filter));
    const std::string subscription = arm::subscription_of(call.scope);
    return call.as_page([&](const ItemVisit& visit) {
        visit_role_definitions(call.session, call.scope, filter, [&](const RoleDefinition& role) {
            visit(definition_id(subscription, role.name), [&] { return wire(role, subscription); });
        });
    });
}

// Changing a role answers 201 too, as recorded.
http::Response serve_definitions(const Call& call) {
    const std::string& method = call.request.method;
    if (call.name.empty()) {
        if (method != "GET") refuse_method(call);
        return list_definitions(call);
    }
    if (method == "GET") return answer(200, get_role_definition(call.session, call.scope, call.name));
    if (method == "DELETE")
        return deleted_answer(delete_role_definition(call.session, call.scope, call.name));
    if (method != "PUT") refuse_method(call);
    return answer(201,
                  put_role_definition(call.session, call.scope, call.name, parse_json(call.request.body)));
}

// Read only, as in Azure.
http::Response serve_denies(const Call& call) {
    if (call.request.method != "GET") refuse_method(call);
    if (call.name.empty()) return list_answer(list_deny_assignments(call.session, call.scope));
    return answer(200, get_deny_assignment(call.session, call.scope, call.name));
}

struct Route {
    std::string_view type;
    http::Response (*serve)(const Call&);
};
constexpr Route routes[] = {
    {assignment_type, serve_assignments}, {definition_type, serve_definitions}, {deny_type, serve_denies}};

}  // namespace

std::optional<http::Response> serve(Session& session, const http::Request& request,
                                    const std::function<http::Response(const EachItem&)>& as_page) {
    const std::string path(trimmed_scope(request.path));
    if (iequals(path, "/providers/Microsoft.Authorization/elevateAccess")) {
        if (request.method != "POST") refuse_method({session, request, "/", "", as_page});
        elevate_access(session);
        return answer(200, nullptr);
    }
    for (const Route& route : routes) {
        const std::string collection = fmt::format("/providers/{}", route.type);
        if (path.size() >= collection.size() &&
            iequals(std::string_view(path).substr(path.size() - collection.size()), collection)) {
            const std::string scope = path.substr(0, path.size() - collection.size());
            return route.serve({session, request, scope.empty() ? "/" : scope, "", as_page});
        }
        const std::optional<ExtensionId> id = parse_extension_id(path, route.type);
        if (id) return route.serve({session, request, id->scope, id->name, as_page});
    }
    return std::nullopt;
}

}  // namespace azid::rbac
