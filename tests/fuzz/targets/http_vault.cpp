// Requests to a key vault's own address.
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/face.hpp"

namespace azid::fuzz { namespace {

constexpr Face face{"kv-box.vault.azure.net", "https://vault.azure.net", answer_by_host};

const Registration registration({"http_vault", [](std::string_view input) { ask_face(face, input); }});

}}  // namespace azid::fuzz
