#include "core/entra/graph_http.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/odata.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/crypto/page_token.hpp"
#include "core/entra/graph_call.hpp"
#include "core/entra/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace azid::entra {

namespace {

constexpr std::string_view metadata = "https://graph.microsoft.com/v1.0/$metadata#";
// What Graph answers whoever has no token for it (recorded by many clients).
constexpr std::string_view challenge =
    "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
    "client_id=\"00000003-0000-0000-c000-000000000000\"";
constexpr size_t usual_page = 100;
constexpr size_t longest_page = 999;

constexpr std::array known_parameters{"$filter", "$select", "$top", "$skiptoken", "$count", "$orderby"};

[[noreturn]] void refuse(std::string message) { throw Error(fault::graph_bad_request, std::move(message)); }

size_t page_size(const GraphCall& call) {
    const std::optional<std::string> text = http::query_value(call.request, "$top");
    if (!text) return usual_page;
    size_t value = 0;
    const std::from_chars_result read = std::from_chars(text->data(), text->data() + text->size(), value);
    if (read.ec != std::errc() || read.ptr != text->data() + text->size())
        refuse(
            fmt::format("Invalid value '{}' for $top query option found. The $top query option requires a "
                        "non-negative integer value.",
                        *text));
    if (value == 0 || value > longest_page)
        refuse(fmt::format("Invalid page size specified: '{}'. Must be between 1 and {} inclusive.", *text,
                           longest_page));
    return value;
}

// What the token of a page is good for.
std::string list_name(const GraphCall& call) {
    std::string name = call.session.caller.tenant_id + "\n" + lower(call.request.path);
    for (const char* part : {"$filter", "$orderby"})
        name += "\n" + http::query_value(call.request, part).value_or("");
    return name;
}

size_t begin_of_page(const GraphCall& call) {
    const std::optional<std::string> token = http::query_value(call.request, "$skiptoken");
    if (!token) return 0;
    const std::optional<crypto::PagePosition> position = crypto::read_page_token(list_name(call), *token);
    if (!position)
        refuse(
            "The specified page token value has expired or is invalid and cannot be included in your "
            "request.");
    return position->count;
}

// Counting is one of the queries that Graph only answers "eventually", to those who say that they know.
bool is_eventual(const GraphCall& call) {
    return iequals(http::header(call.request, "ConsistencyLevel"), "eventual");
}

// "displayName" or "displayName desc". Texts compare without case, what is absent comes first.
void sort(const GraphCall& call, std::vector<Json>& items) {
    const std::optional<std::string> text = http::query_value(call.request, "$orderby");
    if (!text || trim(*text).empty()) return;
    const std::vector<std::string> words = split(trim(*text), ' ');
    const bool is_descending = words.size() == 2 && iequals(words[1], "desc");
    if (words.size() > 2 || (words.size() == 2 && !is_descending && !iequals(words[1], "asc")) ||
        words.front().find(',') != std::string::npos)
        refuse(fmt::format("The expression '{}' of $orderby is not supported.", *text));
    const auto key = [&](const Json& item) {
        const Json* const found = find(item, words.front());
        if (found == nullptr || found->is_null()) return std::string();
        return found->is_string() ? lower(found->get<std::string>()) : compact(*found);
    };
    std::stable_sort(items.begin(), items.end(), [&](const Json& one, const Json& other) {
        return is_descending ? key(other) < key(one) : key(one) < key(other);
    });
}

void check_parameters(const http::Request& request) {
    for (const auto& [name, value] : request.query) {
        if (!name.starts_with('$')) continue;
        const bool known =
            std::find(known_parameters.begin(), known_parameters.end(), name) != known_parameters.end();
        if (!known)
            throw Error(fault::not_modelled,
                        fmt::format("azid does not model the query option {} of Microsoft Graph.", name));
    }
}

std::vector<std::string> select_of(const GraphCall& call) {
    const std::optional<std::string> select = http::query_value(call.request, "$select");
    if (!select || trim(*select).empty()) return {};
    std::vector<std::string> names;
    for (const std::string& name : split(*select, ',')) names.emplace_back(trim(name));
    return names;
}

Json narrowed(const Json& object, const std::vector<std::string>& names) {
    if (names.empty()) return object;
    Json out = Json::object();
    for (const auto& [key, value] : object.items()) {
        const std::string& member = key;
        const bool wanted = member.starts_with('@') ||
                            std::any_of(names.begin(), names.end(),
                                        [&](const std::string& name) { return iequals(name, member); });
        if (wanted) out[member] = value;
    }
    return out;
}

// "users('x')" and "servicePrincipals(appId='x')" are other spellings of "users/x".
std::vector<std::string> pieces_of(std::string_view path) {
    std::vector<std::string> pieces;
    for (std::string& piece : split(path, '/')) {
        if (piece.empty()) continue;
        const size_t open = piece.find('(');
        if (open == std::string::npos || !piece.ends_with(')')) {
            pieces.push_back(std::move(piece));
            continue;
        }
        std::string inner = piece.substr(open + 1, piece.size() - open - 2);
        if (inner.size() > 1 && inner.front() == '\'' && inner.back() == '\'')
            inner = inner.substr(1, inner.size() - 2);
        pieces.push_back(piece.substr(0, open));
        pieces.push_back(std::move(inner));
    }
    return pieces;
}

bool fits(const std::vector<std::string>& pieces, std::string_view pattern, std::vector<std::string>& holes) {
    const std::vector<std::string> wanted = split(pattern, '/');
    if (wanted.size() != pieces.size()) return false;
    holes.clear();
    for (size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] == "{}")
            holes.push_back(pieces[i]);
        else if (!iequals(wanted[i], pieces[i]))
            return false;
    }
    return true;
}

// "users/$count" and the like: the number alone, as text.
GraphAnswer count_of(const GraphAnswer& list, const GraphCall& call) {
    if (!is_eventual(call) || list.body == nullptr || !list.body->contains("value"))
        refuse("$count is not currently supported.");
    return answer_of(list.status, list.body->value("@odata.count", 0));
}

GraphAnswer dispatch(Session& session, const http::Request& request);

// The list itself, all of it counted.
GraphAnswer dispatch_count(Session& session, const http::Request& request) {
    http::Request list = request;
    list.path = list.path.substr(0, list.path.rfind('/'));
    std::erase_if(list.query, [](const auto& pair) { return !iequals(pair.first, "$filter"); });
    list.query.emplace_back("$count", "true");
    return count_of(dispatch(session, list), {session, request, {}});
}

GraphAnswer dispatch(Session& session, const http::Request& request) {
    if (request.method == "GET" && request.path.ends_with("/$count")) return dispatch_count(session, request);
    std::vector<std::string> pieces = pieces_of(request.path);
    if (pieces.empty() || (!iequals(pieces.front(), "v1.0") && !iequals(pieces.front(), "beta")))
        refuse("Invalid version: the path begins with /v1.0 or /beta.");
    pieces.erase(pieces.begin());
    check_parameters(request);
    std::vector<std::string> holes;
    bool other_method = false;
    for (const auto& routes :
         {object_routes(), application_routes(), service_principal_routes(), role_routes(), deleted_routes()})
        for (const GraphRoute& route : routes) {
            if (!fits(pieces, route.path, holes)) continue;
            if (route.method == request.method) return route.run({session, request, holes});
            other_method = true;
        }
    if (other_method)
        throw Error(fault::graph_method, "Specified HTTP method is not allowed for the request target.");
    throw Error(fault::not_modelled,
                fmt::format("azid does not model {} {} of Microsoft Graph.", request.method, request.path));
}

http::Headers headers_of(Session& session, const http::Request& request, bool with_body) {
    http::Headers headers{{"OData-Version", "4.0"}, {"request-id", new_guid(session.random)}};
    const std::string asked = http::header(request, "client-request-id");
    headers["client-request-id"] = is_guid(asked) ? lower(asked) : headers["request-id"];
    if (with_body)
        headers["Content-Type"] =
            "application/"
            "json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
    return headers;
}

}  // namespace

Json GraphCall::body() const {
    const Json parsed = Json::parse(request.body, nullptr, false);
    if (!parsed.is_object())
        refuse(
            "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of "
            "valid JSON format.");
    return parsed;
}

GraphAnswer nothing() { return {204, nullptr}; }

GraphAnswer answer_of(int status, Json body) {
    return {status, std::make_shared<const Json>(std::move(body))};
}

bool selects(const GraphCall& call) { return !select_of(call).empty(); }

GraphAnswer list_answer(const GraphCall& call, std::string_view context, std::vector<Json> items) {
    if (const std::optional<std::string> text = http::query_value(call.request, "$filter")) {
        const std::optional<ODataFilter> filter = ODataFilter::parse(*text);
        if (!filter) refuse("Invalid filter clause.");
        std::erase_if(items, [&](const Json& item) { return !filter->matches(item); });
    }
    sort(call, items);
    const size_t begin = std::min(begin_of_page(call), items.size());
    const size_t end = std::min(begin + page_size(call), items.size());
    Json body{{"@odata.context", fmt::format("{}{}", metadata, context)}};
    if (is_eventual(call) && iequals(http::query_value(call.request, "$count").value_or(""), "true"))
        body["@odata.count"] = items.size();
    if (end < items.size()) {
        std::string next = fmt::format("https://{}{}?$skiptoken={}", call.request.host, call.request.path,
                                       crypto::page_token(list_name(call), {end, ""}));
        for (const auto& [name, value] : call.request.query)
            if (!iequals(name, "$skiptoken")) next += fmt::format("&{}={}", name, http::url_encoded(value));
        body["@odata.nextLink"] = next;
    }
    const std::vector<std::string> names = select_of(call);
    body["value"] = Json::array();
    for (size_t i = begin; i < end; ++i) body["value"].push_back(narrowed(items[i], names));
    return answer_of(200, std::move(body));
}

GraphAnswer entity_answer(const GraphCall& call, std::string_view set, const Json& object) {
    return answer_of(200, entity(set, narrowed(object, select_of(call))));
}

http::Response graph_error(Session& session, const http::Request& request, const Error& error) {
    const std::string id = new_guid(session.random);
    const std::string asked = http::header(request, "client-request-id");
    const std::string date = utc_seconds(session.now).substr(0, 19);
    const Json body{{"error",
                     {{"code", error.fault().code},
                      {"message", error.message()},
                      {"innerError",
                       {{"date", date},
                        {"request-id", id},
                        {"client-request-id", is_guid(asked) ? lower(asked) : id}}}}}};
    http::Response response{
        error.fault().http_status,
        {{"Content-Type", "application/json"}, {"request-id", id}, {"client-request-id", id}},
        compact(body)};
    if (response.status == 401) response.headers["WWW-Authenticate"] = std::string(challenge);
    return response;
}

http::Response answer_graph(Session& session, const http::Request& request) {
    try {
        const GraphAnswer answer = dispatch(session, request);
        http::Headers headers = headers_of(session, request, answer.body != nullptr);
        if (answer.body != nullptr && answer.body->is_number()) headers["Content-Type"] = "text/plain";
        return {answer.status, std::move(headers),
                answer.body != nullptr ? compact(*answer.body) : std::string()};
    } catch (const Error& error) {
        return graph_error(session, request, error);
    }
}

}  // namespace azid::entra
