// Requests to a storage account's blobs.
#include "fuzz/support/target.hpp"
#include "fuzz/worlds/face.hpp"

namespace azid::fuzz { namespace {

constexpr Face face{"boxstore.blob.core.windows.net", "https://storage.azure.com/", answer_by_host};

const Registration registration({"http_blob", [](std::string_view input) { ask_face(face, input); }});

}}  // namespace azid::fuzz
