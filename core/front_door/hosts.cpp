#include "core/front_door/hosts.hpp"

#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/graph_http.hpp"
#include "core/entra/login_http.hpp"
#include "core/front_door/arm_face.hpp"
#include "core/front_door/authentication.hpp"
#include "core/keyvault/http.hpp"
#include "core/storage/http.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azid::front_door {

namespace {

http::Response authenticated_graph(Session& session, const http::Request& request) {
    try {
        authenticate_for_graph(session, request);
    } catch (const Error& error) {
        return entra::graph_error(session, request, error);
    }
    return entra::answer_graph(session, request);
}

http::Response vault(Session& session, const http::Request& request) {
    return keyvault::answer(session, request, !session.caller.object_id.empty());
}

http::Response blobs(Session& session, const http::Request& request) {
    return storage::answer(session, request, !session.caller.object_id.empty());
}

struct Face {
    std::string_view host;  // a leading dot: any name that ends so
    http::Response (*answer)(Session&, const http::Request&);
};

constexpr Face faces[] = {
    {"management.azure.com", answer_arm},
    {"graph.microsoft.com", authenticated_graph},
    {"login.microsoftonline.com", entra::answer_login},
    {"login.windows.net", entra::answer_login},
    {"login.microsoft.com", entra::answer_login},
    {"sts.windows.net", entra::answer_login},
    {".vault.azure.net", vault},
    {".blob.core.windows.net", blobs},
};

// One label of a host's name (RFC 1123, 2.1).
bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= 63 && text.front() != '-' && text.back() != '-' &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

const Face* face_of(std::string_view host) {
    const std::string name = lower(host);
    const Face* const found = std::find_if(std::begin(faces), std::end(faces), [&](const Face& face) {
        if (!face.host.starts_with('.')) return name == face.host;
        return name.ends_with(face.host) &&
               is_label(std::string_view(name).substr(0, name.size() - face.host.size()));
    });
    return found == std::end(faces) ? nullptr : found;
}

}  // namespace

std::vector<std::string> host_names(Session& session) {
    std::vector<std::string> names;
    for (const Face& face : faces)
        if (!face.host.starts_with('.')) names.emplace_back(face.host);
    for (const arm::Subscription& subscription : session.arm.subscriptions())
        for (const arm::Resource& resource : session.arm.resources(subscription.id, "", "")) {
            const std::string type = resource.id.type();
            if (iequals(type, "Microsoft.KeyVault/vaults"))
                names.push_back(lower(resource.id.name()) + ".vault.azure.net");
            if (iequals(type, "Microsoft.Storage/storageAccounts"))
                names.push_back(lower(resource.id.name()) + ".blob.core.windows.net");
        }
    return names;
}

bool is_known_host(std::string_view host) { return face_of(host) != nullptr; }

http::Response answer(Session& session, const http::Request& request) {
    const Face* face = face_of(request.host);
    if (face == nullptr)
        throw Error(
            fault::client,
            fmt::format("azid has no service under the name '{}', and it never goes out to the network.",
                        request.host));
    return face->answer(session, request);
}

}  // namespace azid::front_door
