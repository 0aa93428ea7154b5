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
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>

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
        throw Error(fault::client, "This needs libcurl, which is not installed (Debian's package libcurl4).");
    Curl curl{};
    decltype(&::curl_global_init) begin = nullptr;
    look_up(library, "curl_global_init", begin);
    begin(CURL_GLOBAL_DEFAULT);
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

struct Body {
    std::string text;
    std::size_t most = 0;
    bool too_long = false;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* into) {
    Body& body = *static_cast<Body*>(into);
    body.too_long = size * count > body.most - body.text.size();
    if (body.too_long) return 0;
    body.text.append(data, size * count);
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

// A request and what has come of it.
class Transfer {
  public:
    Transfer(const Curl& curl, const std::string& url, std::size_t most_bytes)
        : curl_(curl), handle_(curl.init(), curl.cleanup), body_{{}, most_bytes} {
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_NOPROXY, "*");
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_OPENSOCKETFUNCTION, open_socket);
        set(CURLOPT_WRITEFUNCTION, take_body);
        set(CURLOPT_WRITEDATA, &body_);
        set(CURLOPT_HEADERFUNCTION, take_header);
        set(CURLOPT_HEADERDATA, &headers_);
    }

    template <class Value>
    void set(CURLoption option, Value value) {
        curl_.set(handle_.get(), option, value);
    }

    // The answer; empty when none came, and why() says the reason.
    std::optional<http::Response> run() {
        const CURLcode code = curl_.perform(handle_.get());
        if (code != CURLE_OK) {
            why_ = body_.too_long ? "it is too long" : curl_.error_text(code);
            return {};
        }
        long status = 0;
        curl_.info(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
        return http::Response{static_cast<int>(status), std::move(headers_), std::move(body_.text)};
    }
    const std::string& why() const { return why_; }

  private:
    const Curl& curl_;
    std::unique_ptr<CURL, decltype(&::curl_easy_cleanup)> handle_;
    Body body_;
    http::Headers headers_;
    std::string why_;
};

const Curl& library() {
    static const Curl curl = load();
    return curl;
}

// Addresses of IPv4, and how many of their first bits count.
struct Network {
    std::uint32_t address;
    int bits;
};
constexpr Network metadata_services[] = {
    {0xA9FE0000, 16},  // 169.254.0.0/16, link-local: most clouds
    {0xA83F8110, 32},  // 168.63.129.16: Azure's agents
    {0x646464C8, 32},  // 100.100.100.200: Alibaba's
    {0xC00000C0, 32},  // 192.0.0.192: Oracle's
};

bool is_metadata_service(std::uint32_t address) {
    return std::any_of(std::begin(metadata_services), std::end(metadata_services),
                       [&](const Network& one) { return (address ^ one.address) >> (32 - one.bits) == 0; });
}

std::uint32_t number_at(const unsigned char* bytes) {
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 |
           bytes[3];
}

bool is_forbidden(const in6_addr& address) {
    const unsigned char* const bytes = address.s6_addr;
    constexpr unsigned char nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    const bool translated = IN6_IS_ADDR_V4MAPPED(&address) != 0 || IN6_IS_ADDR_V4COMPAT(&address) != 0 ||
                            std::equal(std::begin(nat64), std::end(nat64), bytes);
    if (translated && is_metadata_service(number_at(bytes + 12))) return true;
    if (bytes[0] == 0x20 && bytes[1] == 0x02 && is_metadata_service(number_at(bytes + 2)))
        return true;  // 6to4
    return IN6_IS_ADDR_LINKLOCAL(&address) != 0 ||
           (bytes[0] == 0xFD && bytes[1] == 0x00 && bytes[2] == 0x0E && bytes[3] == 0xC2);
}

}  // namespace

bool is_forbidden(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &address, sizeof four);
        return is_metadata_service(ntohl(four.sin_addr.s_addr));
    }
    if (address.sa_family != AF_INET6) return true;
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    return is_forbidden(six.sin6_addr);
}

http::Response send(const http::Request& request, const std::string& endpoint,
                    const std::string& authorities) {
    const Curl& curl = library();
    const Place place = place_of(endpoint);
    const std::string url = url_of(request, place.scheme);
    const std::string connect_to = "::" + place.authority;
    curl_slist* list = nullptr;
    for (const auto& [name, value] : request.headers) list = curl.append(list, (name + ": " + value).c_str());
    list = curl.append(list, "Expect:");
    const std::unique_ptr<curl_slist, decltype(curl.free_list)> headers(list, curl.free_list);
    const std::unique_ptr<curl_slist, decltype(curl.free_list)> route(
        curl.append(nullptr, connect_to.c_str()), curl.free_list);
    Transfer transfer(curl, url, std::numeric_limits<std::size_t>::max());
    transfer.set(CURLOPT_CONNECT_TO, route.get());
    transfer.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    transfer.set(CURLOPT_HTTPHEADER, headers.get());
    transfer.set(CURLOPT_TIMEOUT, 60L);
    if (request.method == "HEAD") transfer.set(CURLOPT_NOBODY, 1L);
    if (!authorities.empty()) transfer.set(CURLOPT_CAINFO, authorities.c_str());
    if (!request.body.empty()) {
        transfer.set(CURLOPT_POSTFIELDS, request.body.data());
        transfer.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    std::optional<http::Response> response = transfer.run();
    if (!response)
        throw Error(fault::client, fmt::format("No answer from {}: {}.", endpoint, transfer.why()));
    return std::move(*response);
}

std::string fetch(const std::string& url) {
    constexpr std::size_t most_bytes = 512 * 1024;
    if (!istarts_with(url, "https://") || url.find_first_of("#? \t\r\n") != std::string::npos)
        throw Error(fault::client, fmt::format("'{}' is no https URL", url));
    Transfer transfer(library(), url, most_bytes);
    transfer.set(CURLOPT_PROTOCOLS_STR, "https");
    transfer.set(CURLOPT_FOLLOWLOCATION, 0L);
    transfer.set(CURLOPT_CONNECTTIMEOUT, 3L);
    transfer.set(CURLOPT_TIMEOUT, 5L);
    const char* const authorities = std::getenv("SSL_CERT_FILE");
    if (authorities != nullptr && *authorities != '\0') transfer.set(CURLOPT_CAINFO, authorities);
    std::optional<http::Response> response = transfer.run();
    if (!response) throw Error(fault::client, fmt::format("'{}' gives no answer: {}", url, transfer.why()));
    if (response->status != 200)
        throw Error(fault::client, fmt::format("'{}' answers with status {}", url, response->status));
    return std::move(response->body);
}

}  // namespace azid::server
