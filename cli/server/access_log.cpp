#include "cli/server/access_log.hpp"

#include "core/base/text.hpp"

#include <fmt/format.h>

namespace azid::server {

namespace {

constexpr std::size_t longest_path = 500;

// JSON in base64url begins so: a JWT, or another token that carries its parts.
bool is_token(std::string_view piece) { return piece.size() > 30 && piece.starts_with("eyJ"); }

std::string shown_path(const std::string& path) {
    std::vector<std::string> pieces = split(path, '/');
    for (std::string& piece : pieces)
        if (is_token(piece)) piece = "...";
    std::string shown = join(pieces, "/");
    if (shown.size() > longest_path) shown = shown.substr(0, longest_path) + "...";
    return shown;
}

std::string printable(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const unsigned char byte = static_cast<unsigned char>(c);
        if (byte > 0x20 && byte < 0x7F)
            out += c;
        else
            out += fmt::format("%{:02X}", byte);
    }
    return out.empty() ? "-" : out;
}

}  // namespace

std::string log_line(const http::Request& request, const Answered& answered,
                     std::chrono::microseconds duration) {
    return fmt::format("{} {} {} {:.1f} ms {}\n", printable(request.method),
                       printable(request.host + shown_path(request.path)), answered.response.status,
                       static_cast<double>(duration.count()) / 1000, printable(answered.principal));
}

}  // namespace azid::server
