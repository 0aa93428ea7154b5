// Requests over the network, by libcurl; which is loaded when first used, because it alone takes longer than
// most commands.
#pragma once

#include "core/base/http.hpp"

#include <sys/socket.h>
#include <string>

namespace azid::server {

// Sends the request to a served state at "http://HOST:PORT" or "https://HOST:PORT", whatever the request's
// own host, which the other side is told. `authorities` is a PEM file to trust; empty: the system's. Goes
// through no proxy, follows no redirection, and never connects to a link-local address: on a cloud machine
// 169.254.169.254 is somebody's metadata service. Throws Error (fault::client) when no answer comes.
http::Response send(const http::Request& request, const std::string& endpoint,
                    const std::string& authorities);

// Whether that is an address no request goes to: a link-local one (169.254.0.0/16, fe80::/10, and
// fd00:ec2::/32, another cloud's metadata service), or one of no family of the Internet's.
bool is_forbidden(const sockaddr& address);

}  // namespace azid::server
