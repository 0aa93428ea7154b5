#include "cli/server/http_client.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cctype>
#include <cstring>
#include <memory>

namespace azid::server {

namespace {

// The functions of libcurl that are used, found in the library.
struct Curl {
    decltype(&::curl_easy_init) init;
    decltype(&::curl_easy_setopt) set;
    decltype(&::curl_easy_perform) perform;
    decltype(&::curl_easy_getinfo) info;
    decltype(&::curl_easy_cleanup) cleanup;
    decltype(&::curl_easy_strerror) error_text;
    decltype(&::curl_slist_append) append;
    decltype(&::curl_slist_free_all) free_list;
};

template <class Function>
void look_up(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    if (function == nullptr)
        throw Error(fault::client, fmt::format("The libcurl that is installed lacks '{}'.", name));
}

Curl load() {
    void* const library = dlopen("libcurl.so.4", RTLD_NOW);
    if (library == nullptr)
        throw Error(fault::client,
                    "--endpoint needs libcurl, which is not installed (Debian's package libcurl4).");
    Curl curl{};
    look_up(library, "curl_easy_init", curl.init);
    look_up(library, "curl_easy_setopt", curl.set);
    look_up(library, "curl_easy_perform", curl.perform);
    look_up(library, "curl_easy_getinfo", curl.info);
    look_up(library, "curl_easy_cleanup", curl.cleanup);
    look_up(library, "curl_easy_strerror", curl.error_text);
    look_up(library, "curl_slist_append", curl.append);
    look_up(library, "curl_slist_free_all", curl.free_list);
    return curl;
}

curl_socket_t open_socket(void*, curlsocktype, curl_sockaddr* address) {
    if (is_forbidden(address->addr)) return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* headers) {
    const std::string_view line(data, size * count);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos)
        (*static_cast<http::Headers*>(headers))[std::string(line.substr(0, colon))] =
            trim(line.substr(colon + 1));
    return size * count;
}

std::string url_of(const http::Request& request, std::string_view scheme) {
    std::string url = fmt::format("{}://{}", scheme, request.host);
    for (const std::string& piece : split(request.path.substr(1), '/')) url += "/" + http::url_encoded(piece);
    char separator = '?';
    for (const auto& [name, value] : request.query) {
        url += fmt::format("{}{}={}", separator, http::url_encoded(name), http::url_encoded(value));
        separator = '&';
    }
    return url;
}

struct Place {
    std::string scheme;
    std::string authority;  // HOST:PORT
};

Place place_of(const std::string& endpoint) {
    const std::size_t after = endpoint.find("://");
    Place place;
    if (after != std::string::npos) {
        place.scheme = lower(endpoint.substr(0, after));
        place.authority = endpoint.substr(after + 3);
        if (place.authority.ends_with('/')) place.authority.pop_back();
    }
    const bool sound = (place.scheme == "http" || place.scheme == "https") && !place.authority.empty() &&
                       place.authority.find('/') == std::string::npos;
    if (!sound)
        throw Error(fault::client,
                    fmt::format("'{}' is no endpoint, such as http://127.0.0.1:8443.", endpoint));
    if (place.authority.find_last_of(':') == std::string::npos || place.authority.ends_with(']'))
        place.authority += place.scheme == "http" ? ":80" : ":443";
    return place;
}

}  // namespace

bool is_forbidden(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &address, sizeof four);
        return (ntohl(four.sin_addr.s_addr) >> 16) == 0xA9FE;
    }
    if (address.sa_family != AF_INET6) return true;
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    const unsigned char* const bytes = six.sin6_addr.s6_addr;
    const bool mapped = IN6_IS_ADDR_V4MAPPED(&six.sin6_addr) != 0;
    return IN6_IS_ADDR_LINKLOCAL(&six.sin6_addr) != 0 || (mapped && bytes[12] == 0xA9 && bytes[13] == 0xFE) ||
           (bytes[0] == 0xFD && bytes[1] == 0x00 && bytes[2] == 0x0E && bytes[3] == 0xC2);
}

http::Response send(const http::Request& request, const std::string& endpoint,
                    const std::string& authorities) {
    static const Curl curl = load();
    const Place place = place_of(endpoint);
    const std::string url = url_of(request, place.scheme);
    const std::string connect_to = "::" + place.authority;
    const std::unique_ptr<CURL, decltype(curl.cleanup)> handle(curl.init(), curl.cleanup);
    http::Response response;
    curl_slist* list = nullptr;
    for (const auto& [name, value] : request.headers) list = curl.append(list, (name + ": " + value).c_str());
    list = curl.append(list, "Expect:");
    const std::unique_ptr<curl_slist, decltype(curl.free_list)> headers(list, curl.free_list);
    const std::unique_ptr<curl_slist, decltype(curl.free_list)> route(
        curl.append(nullptr, connect_to.c_str()), curl.free_list);
    CURL* const easy = handle.get();
    curl.set(easy, CURLOPT_URL, url.c_str());
    curl.set(easy, CURLOPT_CONNECT_TO, route.get());
    curl.set(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl.set(easy, CURLOPT_HTTPHEADER, headers.get());
    curl.set(easy, CURLOPT_NOPROXY, "*");
    curl.set(easy, CURLOPT_NOSIGNAL, 1L);
    curl.set(easy, CURLOPT_TIMEOUT, 60L);
    curl.set(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl.set(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl.set(easy, CURLOPT_WRITEDATA, &response.body);
    curl.set(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl.set(easy, CURLOPT_HEADERDATA, &response.headers);
    if (request.method == "HEAD") curl.set(easy, CURLOPT_NOBODY, 1L);
    if (!authorities.empty()) curl.set(easy, CURLOPT_CAINFO, authorities.c_str());
    if (!request.body.empty()) {
        curl.set(easy, CURLOPT_POSTFIELDS, request.body.data());
        curl.set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    const CURLcode code = curl.perform(easy);
    if (code != CURLE_OK)
        throw Error(fault::client, fmt::format("No answer from {}: {}.", endpoint, curl.error_text(code)));
    long status = 0;
    curl.info(easy, CURLINFO_RESPONSE_CODE, &status);
    response.status = static_cast<int>(status);
    return response;
}

}  // namespace azid::server
