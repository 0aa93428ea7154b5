// Between the messages of the wire (Boost.Beast's) and those the faces take. For the server's own sources.
#pragma once

#include "core/base/http.hpp"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <string>
#include <string_view>

namespace azid::server {

using RequestMessage = boost::beast::http::request<boost::beast::http::string_body>;

// "host:port" taken apart; the port is 0 where there is none. The host is empty where the port is no number.
struct Authority {
    std::string host;  // an IPv6 address without its brackets
    unsigned short port = 0;
};
Authority authority_of(std::string_view text);

// Whether a proxy's client sent the whole URL, and for which authority. A plain http URL without a port means
// port 80. The host is empty in all other requests.
Authority proxied_authority(const RequestMessage& message);

// The host that a request is for, in lower case and without its port: its URL's where it has sent a whole
// one.
std::string host_of(const RequestMessage& message);

// What a client asked in bytes, as the faces take it. `tunnel_host` is whom the client believes to speak to.
// Throws Error for a target or Host header that is none (RFC 9112, 3.2).
// The body is moved out of the message.
http::Request taken_apart(RequestMessage& message, const std::string& tunnel_host);

// How long the body is must be said in one way (RFC 9112, 6). Gives the status of the refusal: 400 where it
// is said twice or in HTTP/1.0's time, 501 for a coding that is not "chunked"; 0 where all is well.
int framing_fault(const RequestMessage& message);

// The bytes of an answer before its body: status line, headers, the empty line (RFC 9112, 2). Control
// characters in a value, which would begin a line of their own, become spaces.
std::string head_in_bytes(const http::Response& answer, unsigned version, bool keep_alive);

// Whether an answer of this status has no body, whatever was asked (RFC 9110, 6.4.1).
bool bodiless(int status);

// How a message that cannot be served is refused: the status with its name as text.
http::Response protocol_refusal(int status);

}  // namespace azid::server
