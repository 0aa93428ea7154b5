// What is said and kept of a request beside its answer.
#pragma once

#include "core/base/http.hpp"
#include "core/base/time.hpp"
#include "core/events/ports.hpp"

#include <string>
#include <string_view>

namespace azid::server {

// An answer that refuses, with an error body as ARM's.
http::Response refused(int status, std::string_view code, std::string_view message);

// The client's own correlation id, in lower case; empty where it has sent none.
std::string correlation_in(const http::Request& request);

// The request as the journal keeps it: nothing of its query or body, which may hold secrets.
events::Run run_of(const http::Request& request, Instant now);

// The report of a request that was answered so, without having kept anything.
events::Report report_of(const http::Response& response, events::Report report);

// As what a change is shown when it is taken back.
std::string name_of(const http::Request& request);

}  // namespace azid::server
