#include "cli/server/http_client.hpp"

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

using namespace azid::server;

namespace {

bool four(const char* text) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    REQUIRE(inet_pton(AF_INET, text, &address.sin_addr) == 1);
    return is_forbidden(reinterpret_cast<const sockaddr&>(address));
}

bool six(const char* text) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    REQUIRE(inet_pton(AF_INET6, text, &address.sin6_addr) == 1);
    return is_forbidden(reinterpret_cast<const sockaddr&>(address));
}

}  // namespace

TEST_CASE("no request goes to a cloud's metadata service, however its address is written") {
    CHECK(four("169.254.169.254"));
    CHECK(four("169.254.0.1"));
    CHECK(four("168.63.129.16"));
    CHECK(four("100.100.100.200"));
    CHECK(six("::ffff:169.254.169.254"));
    CHECK(six("::169.254.169.254"));
    CHECK(six("64:ff9b::169.254.169.254"));
    CHECK(six("2002:a9fe:a9fe::1"));
    CHECK(six("fe80::1"));
    CHECK(six("fd00:ec2::254"));
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    CHECK(is_forbidden(reinterpret_cast<const sockaddr&>(local)));
}

TEST_CASE("requests go to other addresses") {
    CHECK_FALSE(four("127.0.0.1"));
    CHECK_FALSE(four("169.253.1.1"));
    CHECK_FALSE(four("168.63.129.17"));
    CHECK_FALSE(six("::1"));
    CHECK_FALSE(six("64:ff9b::192.0.2.1"));
    CHECK_FALSE(six("2001:db8::1"));
}
