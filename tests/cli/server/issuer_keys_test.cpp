#include "cli/server/issuer_keys.hpp"

#include <doctest/doctest.h>

using namespace azid;
using namespace azid::server;
using namespace std::chrono_literals;

TEST_CASE("an issuer is asked once, again for a key it did not have, and after a time") {
    std::chrono::steady_clock::time_point now{};
    int asked = 0;
    IssuerKeys answer{R"({"keys":[{"kid":"a"}]})", {}};
    PublishedKeys published(
        [&](const std::string&) {
            ++asked;
            return answer;
        },
        [&] { return now; });
    CHECK(published.of("https://x", "a").keys == answer.keys);
    now += 10min;
    published.of("https://x", "a");
    CHECK(asked == 1);
    published.of("https://x", "b");
    CHECK(asked == 2);
    published.of("https://x", "b");
    CHECK(asked == 2);  // no flood of requests for a key that nobody has
    now += 61min;
    published.of("https://x", "a");
    CHECK(asked == 3);
    published.of("https://y", "a");
    CHECK(asked == 4);
}

TEST_CASE("a failure is not kept for long") {
    std::chrono::steady_clock::time_point now{};
    IssuerKeys answer{{}, "it is away"};
    PublishedKeys published([&](const std::string&) { return answer; }, [&] { return now; });
    CHECK(published.of("https://x", "").failure == "it is away");
    answer = {R"({"keys":[]})", {}};
    CHECK(published.of("https://x", "").failure == "it is away");
    now += 4s;
    CHECK(published.of("https://x", "").failure.empty());
}

TEST_CASE("only https URLs are asked") {
    for (const char* issuer :
         {"http://127.0.0.1:1", "file:///etc", "ftp://127.0.0.1", "https://x?y", "https://x#y"}) {
        CAPTURE(issuer);
        CHECK(fetch_issuer_keys(issuer).failure.find("is no https URL") != std::string::npos);
    }
}
