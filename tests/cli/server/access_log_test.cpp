#include "cli/server/access_log.hpp"

#include <doctest/doctest.h>

using namespace azid;

namespace {

std::string line(const std::string& url, const std::string& principal = {}) {
    http::Request request = http::request_to(url);
    request.method = "GET";
    return server::log_line(request, {{200, {}, {}}, principal}, std::chrono::microseconds(1234));
}

}  // namespace

TEST_CASE("a log line says what was asked, what came of it and who asked") {
    CHECK(line("https://Management.azure.com/subscriptions?api-version=2022-12-01", "ann@contoso.com") ==
          "GET management.azure.com/subscriptions 200 1.2 ms ann@contoso.com\n");
    CHECK(server::log_line({}, {{431, {}, {}}, {}}, {}) == "- - 431 0.0 ms -\n");
}

TEST_CASE("no secret gets into the log") {
    CHECK(line("https://h/p?client_secret=abc&sig=def") == "GET h/p 200 1.2 ms -\n");
    CHECK(line("http://user:pass@h/p") == "GET h/p 200 1.2 ms -\n");
    CHECK(line("https://h/a/eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c/b") ==
          "GET h/a/.../b 200 1.2 ms -\n");
}

TEST_CASE("nobody writes lines of their own into the log") {
    CHECK(line("https://h/a%0AGET%20x%1B[31m", "a\nb") == "GET h/a%0AGET%20x%1B[31m 200 1.2 ms a%0Ab\n");
    CHECK(line("https://h/" + std::string(2000, 'x')).size() < 600);
}
