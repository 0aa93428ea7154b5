// The identity endpoint that App Service and Functions give to an app's code (IDENTITY_ENDPOINT with
// IDENTITY_HEADER, before that MSI_ENDPOINT with MSI_SECRET): App Service's documentation of managed
// identities.
#pragma once

#include "core/arm/resource_id.hpp"
#include "core/base/http.hpp"
#include "core/base/session.hpp"

#include <string_view>

namespace azid::web {

// The path that it answers under, whatever its case.
inline constexpr std::string_view identity_path = "/msi/token";

// Answers a request of the app's code; `secret` is what the app was given as IDENTITY_HEADER. Serves
// api-versions 2019-08-01 (X-IDENTITY-HEADER; client_id, principal_id or object_id, mi_res_id) and 2017-09-01
// (secret; clientid). Without a selector it means the system-assigned identity alone. Refusals are answers
// too; throws Error (ResourceNotFound) when there is no such app, and KeyWanted.
http::Response answer_app_identity(Session& session, const arm::ResourceId& app, const http::Request& request,
                                   std::string_view secret);

}  // namespace azid::web
