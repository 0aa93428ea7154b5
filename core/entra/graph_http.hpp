// The REST face of Microsoft Graph: graph.microsoft.com, versions v1.0 and beta, as far as azid has the
// objects.
#pragma once

#include "core/base/http.hpp"

namespace azid {
class Error;
struct Session;
}  // namespace azid

namespace azid::entra {

// Answers one request of session.caller, whom somebody else has authenticated. Refusals are answers too, in
// Graph's form of error; throws only KeyWanted (a certificate's key has to be made first).
http::Response answer_graph(Session& session, const http::Request& request);

// Any error in Graph's form:
// {"error":{"code","message","innerError":{"date","request-id","client-request-id"}}}.
http::Response graph_error(Session& session, const http::Request& request, const Error& error);

}  // namespace azid::entra
