// IPv4 arithmetic and the numbers that Azure would hand out. Knows nothing of resources.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace azid::network {

struct Prefix {
    std::uint32_t first = 0;  // the network's own address
    int bits = 0;

    std::uint32_t last() const;
    bool contains(std::uint32_t address) const { return address >= first && address <= last(); }
    bool contains(const Prefix& inner) const { return contains(inner.first) && contains(inner.last()); }
};

// "10.0.0.4". Empty when the text is no such address.
std::optional<std::uint32_t> parse_address(std::string_view text);
std::string address_text(std::uint32_t address);

// "10.0.0.0/24". Empty when it is no prefix, or has bits set outside it.
std::optional<Prefix> parse_prefix(std::string_view text);

// The public address for a resource: always the same one for the same seed and attempt. It lies in
// 198.18.0.0/15, which RFC 2544 keeps for tests, so that nobody reaches a stranger's machine with it.
std::string public_address(std::string_view seed, int attempt);

// "00-0D-3A-xx-xx-xx", Microsoft's range, a function of the seed.
std::string mac_address(std::string_view seed);

// The 26 letters and digits of a virtual network's internal domain, a function of the seed.
std::string domain_label(std::string_view seed);

}  // namespace azid::network
