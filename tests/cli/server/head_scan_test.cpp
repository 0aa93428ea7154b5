#include "cli/server/head_scan.hpp"

#include <doctest/doctest.h>

#include <string>

using azid::server::HeadLimits;
using azid::server::HeadScan;

namespace {

constexpr HeadLimits limits{20, 2, 60};

// What the scan says of a text that comes byte by byte, as of one that comes at once.
int status_of(const std::string& text) {
    HeadScan slowly(limits);
    int status = 0;
    for (std::size_t size = 1; size <= text.size() && status == 0; ++size)
        status = slowly.look(std::string_view(text).substr(0, size));
    HeadScan at_once(limits);
    CHECK(at_once.look(text) == status);
    CHECK(at_once.size() == slowly.size());
    return status;
}

}  // namespace

TEST_CASE("a head ends with its empty line, wherever the pieces that it comes in end") {
    HeadScan scan(limits);
    CHECK(status_of("\r\nGET / HTTP/1.1\r\nA: b\r\n\r\nbody\n") == 0);
    CHECK(scan.look("\r\nGET / HTTP/1.1\r\nA: b\r\n\r") == 0);
    CHECK(scan.size() == 0);
    CHECK(scan.look("\r\nGET / HTTP/1.1\r\nA: b\r\n\r\nbody\n") == 0);
    CHECK(scan.begin() == 2);
    CHECK(scan.size() == 24);
}

TEST_CASE("what some readers take for the end of a line is refused, and lines that go on") {
    for (const char* const text : {"GET / HTTP/1.1\nA: b\r\n", "GET / HTTP/1.1\rA", "GET / HTTP/1.1\r\r\n",
                                   "\n", "GET / HTTP/1.1\r\nA: b\r\n c", "GET / HTTP/1.1\r\n\tc", " GET"})
        CHECK(status_of(text) == 400);
    CHECK(status_of(std::string("GET /\0", 6)) == 400);
}

TEST_CASE("lines, fields and bytes have their limits") {
    CHECK(status_of("GET /34567890123456789") == 414);
    CHECK(status_of("GET / HTTP/1.1\r\nA:\r\nB:\r\n\r\n") == 0);
    CHECK(status_of("GET / HTTP/1.1\r\nA:\r\nB:\r\nC:\r\n") == 431);
    CHECK(status_of("GET / HTTP/1.1\r\nA: " + std::string(60, 'a')) == 431);
}
