#include "cli/server/messages.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/status.hpp>

#include <charconv>
#include <iterator>
#include <utility>

namespace azid::server {

namespace {

namespace wire = boost::beast::http;

std::string_view viewed(boost::beast::string_view text) { return {text.data(), text.size()}; }

// RFC 9112, 3.2: a request of HTTP/1.1 names its host exactly once.
void check_host(const RequestMessage& message) {
    const auto hosts = message.equal_range(wire::field::host);
    const auto count = std::distance(hosts.first, hosts.second);
    if (count > 1 || (count == 0 && message.version() >= 11))
        throw Error(fault::client, "A request names its host exactly once.");
}

std::string_view reason(int status) {
    return viewed(wire::obsolete_reason(wire::int_to_status(static_cast<unsigned>(status))));
}

void append_field(std::string& text, std::string_view name, std::string_view value) {
    text.append(name).append(": ");
    for (const char c : value) text += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    text += "\r\n";
}

}  // namespace

Authority authority_of(std::string_view text) {
    const size_t at = text.rfind('@');
    if (at != std::string_view::npos) text.remove_prefix(at + 1);
    const size_t bracket = text.rfind(']');
    const size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
    Authority authority{std::string(text.substr(0, colon)), 0};
    if (authority.host.starts_with('[') && authority.host.ends_with(']'))
        authority.host = authority.host.substr(1, authority.host.size() - 2);
    if (colon == std::string_view::npos) return authority;
    const auto [end, error] =
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), authority.port);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return authority;
}

Authority proxied_authority(const RequestMessage& message) {
    std::string_view target = viewed(message.target());
    const bool plain = istarts_with(target, "http://");
    if (!plain && !istarts_with(target, "https://")) return {};
    target.remove_prefix(plain ? 7 : 8);
    Authority authority = authority_of(target.substr(0, target.find_first_of("/?#")));
    if (authority.port == 0) authority.port = plain ? 80 : 443;
    return authority;
}

std::string host_of(const RequestMessage& message) {
    const Authority proxied = proxied_authority(message);
    return lower(proxied.host.empty() ? authority_of(viewed(message[wire::field::host])).host : proxied.host);
}

int framing_fault(const RequestMessage& message) {
    const auto lengths = message.equal_range(wire::field::content_length);
    if (std::distance(lengths.first, lengths.second) > 1) return 400;
    const auto codings = message.equal_range(wire::field::transfer_encoding);
    if (codings.first == codings.second) return 0;
    if (message.version() < 11 || lengths.first != lengths.second) return 400;
    const bool is_chunked = std::next(codings.first) == codings.second &&
                            iequals(trim(viewed(codings.first->value())), "chunked");
    return is_chunked ? 0 : 501;
}

http::Request taken_apart(RequestMessage& message, const std::string& tunnel_host) {
    check_host(message);
    const std::string target(viewed(message.target()));
    const std::string named(viewed(message[wire::field::host]));
    http::Request request = target.starts_with('/') || target.starts_with('*')
                                ? http::request_to("https://" + (named.empty() ? tunnel_host : named) +
                                                   (target.starts_with('*') ? "/" : "") + target)
                                : http::request_to(target);
    request.method = std::string(viewed(message.method_string()));
    for (const auto& field : message) {
        std::string& value = request.headers[std::string(viewed(field.name_string()))];
        if (!value.empty()) value += ", ";
        value += viewed(field.value());
    }
    request.body = std::move(message.body());
    return request;
}

bool bodiless(int status) { return status < 200 || status == 204 || status == 304; }

std::string head_in_bytes(const http::Response& answer, unsigned version, bool keep_alive) {
    std::string text = fmt::format("HTTP/1.{} {} {}\r\n", version % 10, answer.status, reason(answer.status));
    for (const auto& [name, value] : answer.headers) append_field(text, name, value);
    if (!bodiless(answer.status) && answer.headers.find("Content-Length") == answer.headers.end())
        append_field(text, "Content-Length", std::to_string(answer.body.size()));
    if (keep_alive != (version >= 11)) append_field(text, "Connection", keep_alive ? "keep-alive" : "close");
    return text + "\r\n";
}

http::Response protocol_refusal(int status) {
    return {status, {{"Content-Type", "text/plain"}}, fmt::format("{} {}\n", status, reason(status))};
}

}  // namespace azid::server
