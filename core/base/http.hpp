// An HTTP request and its answer, apart from any socket: every face in core is a function from one to the
// other.
#pragma once

#include "core/base/text.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azid::http {

using Headers = std::map<std::string, std::string, ILess>;

struct Request {
    std::string method;                                      // upper case
    std::string host;                                        // lower case, without port
    std::string path;                                        // decoded, begins with '/'
    std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
    Headers headers;
    std::string body;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
};

// Takes "https://host/path?query" apart; method and headers are the caller's. Throws Error (fault::client)
// when the text is no http or https URL.
Request request_to(std::string_view url);

// The query parameter's value, its name compared without case; empty optional when absent.
std::optional<std::string> query_value(const Request& request, std::string_view name);
// The header's value; empty when absent.
std::string header(const Request& request, std::string_view name);
// The client's own value of a header that services give back, such as an id for its request; empty when
// absent or longer than 1024 bytes (the limit that Storage names for x-ms-client-request-id).
std::string echoed_header(const Request& request, std::string_view name);

std::string url_encoded(std::string_view text);
// Decodes %XX and, in query text, '+'. A broken escape is kept as it is.
std::string url_decoded(std::string_view text, bool plus_is_space = false);
// application/x-www-form-urlencoded and query strings.
std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text);

}  // namespace azid::http
