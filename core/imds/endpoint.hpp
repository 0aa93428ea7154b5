// The Azure Instance Metadata Service of one VM: what answers at 169.254.169.254 inside it.
#pragma once

#include "core/arm/resource_id.hpp"
#include "core/base/http.hpp"
#include "core/base/session.hpp"

#include <string_view>

namespace azid::imds {

// Answers a request that code in the VM makes: /metadata/identity/oauth2/token and /info, /metadata/instance
// with its paths below, /metadata/versions, /metadata/attested/document, /metadata/loadbalancer,
// /metadata/scheduledevents; another path is 404. Refusals are answers too; throws only
// KeyWanted. Whoever asks is nobody: session.caller plays no part. The VM has to exist and to run, see
// require_running.
http::Response answer_metadata(Session& session, const arm::ResourceId& vm, const http::Request& request);

// Only a running VM has an IMDS. Throws Error: ResourceNotFound, or OperationNotAllowed when it is stopped.
void require_running(Session& session, const arm::ResourceId& vm);

// The api-versions that the service knows, oldest first.
bool is_known_version(std::string_view version);

}  // namespace azid::imds
