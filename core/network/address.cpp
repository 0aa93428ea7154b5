#include "core/network/address.hpp"

#include "core/base/derived.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <charconv>

namespace azid::network {

namespace {

// A number without sign, blanks or leading zeros; empty when it is more than the limit.
std::optional<std::uint32_t> number(std::string_view text, std::uint32_t limit) {
    if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) return {};
    std::uint32_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size() || value > limit) return {};
    return value;
}

// The bits of an address that a prefix of so many bits leaves to the hosts.
std::uint32_t host_bits(int bits) { return bits >= 32 ? 0U : 0xffffffffU >> bits; }

unsigned byte_at(const std::string& bytes, std::size_t index) {
    return static_cast<unsigned char>(bytes[index]);
}

}  // namespace

std::uint32_t Prefix::last() const { return first | host_bits(bits); }

std::optional<std::uint32_t> parse_address(std::string_view text) {
    const std::vector<std::string> parts = split(text, '.');
    if (parts.size() != 4) return {};
    std::uint32_t address = 0;
    for (const std::string& part : parts) {
        const std::optional<std::uint32_t> value = number(part, 255);
        if (!value) return {};
        address = address << 8 | *value;
    }
    return address;
}

std::string address_text(std::uint32_t address) {
    return fmt::format("{}.{}.{}.{}", address >> 24, address >> 16 & 255U, address >> 8 & 255U,
                       address & 255U);
}

std::optional<Prefix> parse_prefix(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return {};
    const std::optional<std::uint32_t> first = parse_address(text.substr(0, slash));
    const std::optional<std::uint32_t> bits = number(text.substr(slash + 1), 32);
    if (!first || !bits) return {};
    const Prefix prefix{*first, static_cast<int>(*bits)};
    if ((prefix.first & host_bits(prefix.bits)) != 0) return {};
    return prefix;
}

std::string public_address(std::string_view seed, int attempt) {
    const std::string bytes = derived_bytes(fmt::format("{}#{}", lower(seed), attempt), 3);
    return fmt::format("198.{}.{}.{}", 18 + byte_at(bytes, 0) % 2, byte_at(bytes, 1),
                       1 + byte_at(bytes, 2) % 254);
}

std::string mac_address(std::string_view seed) {
    const std::string bytes = derived_bytes(lower(seed), 3);
    return fmt::format("00-0D-3A-{:02X}-{:02X}-{:02X}", byte_at(bytes, 0), byte_at(bytes, 1),
                       byte_at(bytes, 2));
}

std::string domain_label(std::string_view seed) {
    static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    const std::string bytes = derived_bytes(lower(seed), 26);
    std::string label;
    for (std::size_t i = 0; i < 26; ++i) label += letters[byte_at(bytes, i) % letters.size()];
    return label;
}

}  // namespace azid::network
