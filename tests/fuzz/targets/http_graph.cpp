// Requests to Microsoft Graph.
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/face.hpp"

namespace azid::fuzz { namespace {

constexpr Face face{"graph.microsoft.com", "https://graph.microsoft.com", answer_by_host};

const Registration registration({"http_graph", [](std::string_view input) { ask_face(face, input); }});

}}  // namespace azid::fuzz
