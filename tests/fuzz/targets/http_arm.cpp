// Requests to Azure Resource Manager.
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/face.hpp"

namespace azid::fuzz { namespace {

constexpr Face face{"management.azure.com", "https://management.azure.com/", answer_by_host};

const Registration registration({"http_arm", [](std::string_view input) { ask_face(face, input); }});

}}  // namespace azid::fuzz
