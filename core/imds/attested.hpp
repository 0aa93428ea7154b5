// What a VM can show to others as proof of where it runs: the attested document.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/http.hpp"
#include "core/base/session.hpp"

namespace azid::imds {

// GET /metadata/attested/document, its header and api-version checked already: a PKCS#7 message signed by a
// certificate for metadata.azure.com of the state's own authority, good for six hours (the metadata service's
// documentation).
http::Response answer_attested(Session& session, const arm::Resource& vm, const http::Request& request);

}  // namespace azid::imds
