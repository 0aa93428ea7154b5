// Requests that code in a machine makes to its metadata service.
#include "cli/server/served_state.hpp"
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/box.hpp"
#include "fuzz/worlds/face.hpp"

namespace azid::fuzz { namespace {

server::Answered answer(server::ServedState& state, const http::Request& request) {
    return state.answer_in(Box::only().machine(), request);
}

constexpr Face face{"169.254.169.254", "https://management.azure.com/", answer};

const Registration registration({"http_imds", [](std::string_view input) { ask_face(face, input); }});

}}  // namespace azid::fuzz
