// Requests that a web app's code makes to App Service's identity endpoint.
#include "cli/server/served_state.hpp"
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/box.hpp"
#include "fuzz/worlds/face.hpp"

namespace azid::fuzz { namespace {

server::Answered answer(server::ServedState& state, const http::Request& request) {
    return state.answer_for({Box::only().site(), "app-secret"}, request);
}

constexpr Face face{"127.0.0.1", "https://management.azure.com/", answer};

const Registration registration({"http_app", [](std::string_view input) { ask_face(face, input); }});

}}  // namespace azid::fuzz
