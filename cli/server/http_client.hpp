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

// The body of what an https URL of the outside world answers with status 200. Like send() it goes through no
// proxy, follows no redirection and connects to no forbidden address, whatever its name; it takes some
// seconds at most, and some hundred kilobytes. The authorities trusted are $SSL_CERT_FILE's, else the
// system's. Throws Error (fault::client) with the reason, a phrase.
std::string fetch(const std::string& url);

// Whether that is an address no request goes to: a link-local one (169.254.0.0/16, fe80::/10), the metadata
// services that other clouds have elsewhere, any of these in the address of a translator to IPv6, or one of
// no family of the Internet's.
bool is_forbidden(const sockaddr& address);

}  // namespace azid::server
