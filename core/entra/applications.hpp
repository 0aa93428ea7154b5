// Applications registered in the directory: made, changed and removed through Microsoft Graph. Any user may
// register one (Microsoft Entra's default); its owners and application administrators may change it.
#pragma once

#include "core/base/json.hpp"
#include "core/base/session.hpp"
#include "core/entra/model.hpp"

#include <string_view>
#include <vector>

namespace azid::entra {

// By object id. Throws Error: fault::graph_denied, missing_object.
Application application(Session& session, std::string_view object_id);
// The same for those who may change it. Throws Error: fault::graph_denied, missing_object_of_change.
Application application_to_change(Session& session, std::string_view object_id);
std::vector<Application> applications(Session& session);

// By Graph's JSON: "displayName" is required, every member of Graph's application that can be written is
// taken. The caller becomes its owner. Throws Error: fault::graph_denied, fault::graph_bad_request for
// unknown or read-only members, wrong values, identifier URIs in use.
Application create_application(Session& session, const Json& body);
// A PATCH: what the body names is replaced, the rest stays; the names of its service principal follow. Throws
// Error as above and missing_object_of_change.
void update_application(Session& session, std::string_view object_id, const Json& body);
// With its service principals in the tenant, their app roles and all credentials. Throws Error:
// fault::graph_denied, missing_object_of_change.
void delete_application(Session& session, std::string_view object_id);

}  // namespace azid::entra
