// The line that a server's log has for each request.
#pragma once

#include "cli/server/server.hpp"

#include <chrono>
#include <string>

namespace azid::server {

// "GET management.azure.com/subscriptions 200 3.1 ms admin@contoso.onmicrosoft.com", with a line end. Without
// queries, headers and bodies, which may hold secrets; a piece of the path that looks like a token is left
// out, and what would not show on a terminal is escaped. "-" stands for what is not known.
std::string log_line(const http::Request& request, const Answered& answered,
                     std::chrono::microseconds duration);

}  // namespace azid::server
