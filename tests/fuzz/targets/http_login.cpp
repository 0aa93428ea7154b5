// Requests to Entra's login service: the token endpoints, the key sets, discovery.
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/face.hpp"

namespace azid::fuzz { namespace {

constexpr Face face{"login.microsoftonline.com", "https://management.azure.com/", answer_by_host};

const Registration registration({"http_login", [](std::string_view input) { ask_face(face, input); }});

}}  // namespace azid::fuzz
