#include "cli/commands/rest.hpp"

#include "cli/app/environment.hpp"
#include "cli/server/client_files.hpp"
#include "cli/server/http_client.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/http.hpp"
#include "core/base/text.hpp"
#include "core/entra/token_service.hpp"
#include "core/front_door/hosts.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace azid::commands {

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// az's cloud endpoints that a token's resource can be told from.
struct Endpoint {
    std::string_view host;
    std::string_view resource;
};
constexpr Endpoint endpoints[] = {
    {"management.azure.com", "https://management.core.windows.net/"},
    {"management.core.windows.net", "https://management.core.windows.net/"},
    {"graph.microsoft.com", "https://graph.microsoft.com/"},
};

struct Phrase {
    int status;
    std::string_view text;
};
constexpr Phrase phrases[] = {
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {415, "Unsupported Media Type"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
};

std::string phrase_of(int status) {
    const Phrase* const found = std::find_if(std::begin(phrases), std::end(phrases),
                                             [&](const Phrase& one) { return one.status == status; });
    return found == std::end(phrases) ? std::to_string(status) : std::string(found->text);
}

// "a=b c=d", or JSON objects, or a mix of them.
Pairs pairs_of(const std::vector<std::string>& items, std::string_view option) {
    Pairs pairs;
    for (const std::string& item : items) {
        const Json object = Json::parse(item, nullptr, false);
        if (object.is_object()) {
            for (const auto& [name, value] : object.items())
                pairs.emplace_back(name, value.is_string() ? value.get<std::string>() : compact(value));
            continue;
        }
        const size_t equals = item.find('=');
        if (equals == std::string::npos)
            throw Error(
                fault::client,
                fmt::format("usage error: {} KEY[=VALUE] ..., or JSON: '{}' is neither.", option, item));
        pairs.emplace_back(item.substr(0, equals), item.substr(equals + 1));
    }
    return pairs;
}

http::Request request_of(const app::Context& context) {
    const app::Args& args = context.args;
    std::string url = replace_all(args.text("url"), "{subscriptionId}", context.subscription);
    if (url.find("://") == std::string::npos)
        url = "https://management.azure.com" + std::string(url.starts_with('/') ? "" : "/") + url;
    http::Request request = http::request_to(url);
    for (char c : args.text("method"))
        request.method += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    for (auto& [name, value] : pairs_of(args.list("uri_parameters"), "--uri-parameters"))
        request.query.emplace_back(name, value);
    for (auto& [name, value] : pairs_of(args.list("headers"), "--headers")) request.headers[name] = value;
    request.body = args.text("body");
    if (Json::accept(request.body)) request.headers.emplace("Content-Type", "application/json");
    return request;
}

// What the token is for: --resource, else what the URL's host says. Empty when that says nothing.
std::string resource_for(const app::Context& context, const http::Request& request) {
    if (context.args.given("resource")) return context.args.text("resource");
    for (const Endpoint& endpoint : endpoints)
        if (endpoint.host == request.host) return std::string(endpoint.resource);
    return {};
}

void authorise(app::Context& context, http::Request& request) {
    const bool own_token = request.headers.find("Authorization") != request.headers.end();
    if (!own_token && !context.args.flag("skip_authorization_header")) {
        const std::string resource = resource_for(context, request);
        if (resource.empty())
            context.messages.warn(
                "Can't derive appropriate Azure AD resource from --url to acquire an access token. If access "
                "token is "
                "required, use --resource to specify the resource");
        else
            request.headers["Authorization"] =
                "Bearer " + entra::issue_token_to_caller(context.session(), resource).access_token;
    }
    // From here on only what the request says counts, as on the other side of a wire.
    context.session().caller = {};
}

void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) throw Error(fault::client, fmt::format("Cannot write '{}': {}.", path, std::strerror(errno)));
}

Json shown(const app::Context& context, const http::Response& response) {
    if (response.status >= 400) {
        const std::string body = response.body.empty() ? std::string() : fmt::format("({})", response.body);
        throw Error(fault::client, phrase_of(response.status) + body);
    }
    if (context.args.given("output_file")) {
        write_file(context.args.text("output_file"), response.body);
        return nullptr;
    }
    if (response.body.empty()) return nullptr;
    const Json body = Json::parse(response.body, nullptr, false);
    if (!body.is_discarded()) return body;
    context.messages.warn(
        "Not a json response, outputting to stdout. For binary data suggest use \"--output-file\" to write "
        "to a file");
    context.environment.write_out(response.body + "\n");
    return nullptr;
}

}  // namespace

Json rest(app::Context& context) {
    http::Request request = request_of(context);
    authorise(context, request);
    if (context.args.given("endpoint"))
        return {{"subscription", context.subscription},
                {"authorization", http::header(request, "Authorization")}};
    return shown(context, front_door::answer(context.session(), request));
}

Json rest_over_network(app::Context& context, Json prepared) {
    if (!context.args.given("endpoint")) return prepared;
    context.subscription = text_at(prepared, "subscription");
    http::Request request = request_of(context);
    const std::string authorization = text_at(prepared, "authorization");
    if (!authorization.empty()) request.headers["Authorization"] = authorization;
    return shown(context, server::send(request, context.args.text("endpoint"),
                                       server::authority_of(context.state_path)));
}

}  // namespace azid::commands
