#include "core/crypto/page_token.hpp"

#include "core/base/base64.hpp"
#include "core/crypto/digest.hpp"

#include <fmt/format.h>

namespace azid::crypto {

namespace {

std::string seal(std::string_view list, std::string_view position) {
    return hex_lower(hmac_sha256(list, position)).substr(0, 16);
}

}  // namespace

std::string page_token(std::string_view list, const PagePosition& position) {
    const std::string text = fmt::format("{}|{}", position.count, position.last);
    return base64url(fmt::format("{}|{}", seal(list, text), text));
}

std::optional<PagePosition> read_page_token(std::string_view list, std::string_view token) {
    const std::string text = from_base64(token).value_or("");
    const std::size_t sealed = text.find('|');
    if (sealed == std::string::npos || text.substr(0, sealed) != seal(list, text.substr(sealed + 1)))
        return {};
    const std::size_t bar = text.find('|', sealed + 1);
    return PagePosition{std::stoul(text.substr(sealed + 1, bar - sealed - 1)), text.substr(bar + 1)};
}

}  // namespace azid::crypto
