#include "core/base/http.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>

namespace azid::http {

namespace {
int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}
}  // namespace

Request request_to(std::string_view url) {
    std::string_view rest = url;
    if (istarts_with(rest, "https://"))
        rest.remove_prefix(8);
    else if (istarts_with(rest, "http://"))
        rest.remove_prefix(7);
    else
        throw Error(fault::client, fmt::format("Not an http or https URL: {}.", url));
    rest = rest.substr(0, rest.find('#'));
    const size_t slash = rest.find_first_of("/?");
    std::string_view authority = rest.substr(0, slash);
    if (const size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
    rest = slash == std::string_view::npos ? std::string_view("/") : rest.substr(slash);
    Request request;
    const size_t bracket = authority.starts_with('[') ? authority.find(']') : std::string_view::npos;
    request.host = lower(bracket == std::string_view::npos ? authority.substr(0, authority.find(':'))
                                                           : authority.substr(1, bracket - 1));
    const size_t question = rest.find('?');
    request.path = url_decoded(rest.substr(0, question));
    if (request.path.empty()) request.path = "/";
    if (question != std::string_view::npos) request.query = parse_form(rest.substr(question + 1));
    return request;
}

std::optional<std::string> query_value(const Request& request, std::string_view name) {
    for (const auto& [key, value] : request.query)
        if (iequals(key, name)) return value;
    return {};
}

std::string header(const Request& request, std::string_view name) {
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? std::string() : found->second;
}

std::string echoed_header(const Request& request, std::string_view name) {
    constexpr size_t longest = 1024;
    std::string value = header(request, name);
    if (value.size() > longest) value.clear();
    return value;
}

std::string url_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string url_decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                            hex_digit(text[i + 2]) >= 0;
        if (escape) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> pairs;
    if (text.empty()) return pairs;
    for (const std::string& piece : split(text, '&')) {
        if (piece.empty()) continue;
        const size_t equals = piece.find('=');
        const std::string value = equals == std::string::npos ? std::string() : piece.substr(equals + 1);
        pairs.emplace_back(url_decoded(std::string_view(piece).substr(0, equals), true),
                           url_decoded(value, true));
    }
    return pairs;
}

}  // namespace azid::http
