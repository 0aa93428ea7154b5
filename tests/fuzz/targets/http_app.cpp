// Requests that a web app's code makes to App Service's identity endpoint.
#include "core/web/identity_endpoint.hpp"
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/box.hpp"
#include "fuzz/worlds/face.hpp"

namespace azid::fuzz { namespace {

http::Response answer(Session& session, const http::Request& request) {
    return web::answer_app_identity(session, Box::only().site(), request, "app-secret");
}

constexpr Face face{"127.0.0.1", "https://management.azure.com/", answer};

const Registration registration({"http_app", [](std::string_view input) { ask_face(face, input); }});

}}  // namespace azid::fuzz
