#include "core/network/address.hpp"

#include <doctest/doctest.h>

namespace azid::network {

TEST_CASE("an address is four numbers up to 255 without leading zeros") {
    CHECK(parse_address("10.0.0.4") == 0x0a000004U);
    CHECK(address_text(0xc0a80101U) == "192.168.1.1");
    for (const char* wrong : {"", "10.0.0", "10.0.0.256", "10.0.0.04", "10.0.0.4.5", "a.b.c.d", "10.0.0.-1"})
        CHECK_FALSE(parse_address(wrong));
}

TEST_CASE("a prefix contains its addresses and narrower prefixes") {
    const Prefix wide = *parse_prefix("10.0.0.0/16");
    CHECK(wide.contains(*parse_prefix("10.0.255.0/24")));
    CHECK_FALSE(wide.contains(*parse_prefix("10.1.0.0/24")));
    CHECK(address_text(wide.last()) == "10.0.255.255");
    CHECK(parse_prefix("0.0.0.0/0")->contains(0xffffffffU));
    CHECK(parse_prefix("10.0.0.4/32")->last() == parse_address("10.0.0.4"));
    for (const char* wrong : {"10.0.0.0", "10.0.0.1/24", "10.0.0.0/33", "10.0.0.0/", "/24"})
        CHECK_FALSE(parse_prefix(wrong));
}

TEST_CASE("public addresses lie in the range kept for tests and repeat for the same resource") {
    const std::string address = public_address("/subscriptions/s/x", 0);
    CHECK(parse_prefix("198.18.0.0/15")->contains(*parse_address(address)));
    CHECK(address == public_address("/SUBSCRIPTIONS/S/X", 0));
    CHECK(address != public_address("/subscriptions/s/x", 1));
    CHECK(mac_address("a").starts_with("00-0D-3A-"));
    CHECK(mac_address("a").size() == 17);
    CHECK(mac_address("a") != mac_address("b"));
}

}  // namespace azid::network
