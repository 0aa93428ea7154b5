#include "cli/server/server.hpp"

#include "core/base/text.hpp"
#include "support/socket.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <thread>

using namespace azid;
using std::chrono::milliseconds;
using test::RawClient;
using test::status_of;

namespace {

// A server whose answer tells what was asked.
struct Running {
    explicit Running(server::Settings settings = {}) : server(with(std::move(settings))) {
        port = server.listen("127.0.0.1", 0, [this](const http::Request& request) {
            ++answered;
            if (request.path == "/throw") throw std::runtime_error("a reason nobody is told");
            if (request.path == "/slow") gate.get_future().wait();
            return server::Answered{{200,
                                     {},
                                     request.method + " " + request.host + request.path + " " +
                                         std::to_string(request.body.size())},
                                    {}};
        });
        other = server.listen("127.0.0.1", 0, [](const http::Request& request) {
            return server::Answered{{200, {}, "other " + request.path}, {}};
        });
        thread = std::thread([this] { server.run(); });
    }
    ~Running() {
        server.stop();
        if (thread.joinable()) thread.join();
    }

    static server::Settings with(server::Settings settings) {
        settings.tunnels = [](const std::string& host) { return host == "known.example"; };
        settings.identity = [](const std::string&) { return std::optional<server::Identity>(); };
        return settings;
    }

    std::string ask(const std::string& bytes) const {
        RawClient client(port);
        client.send(bytes);
        return client.rest();
    }

    server::Server server;
    unsigned short port = 0;
    unsigned short other = 0;
    std::atomic<int> answered = 0;
    std::promise<void> gate;
    std::thread thread;
};

std::string get(const std::string& path, const std::string& more = "Connection: close\r\n") {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + more + "\r\n";
}

std::string body_of(const std::string& answer) {
    const std::size_t at = answer.find("\r\n\r\n");
    return at == std::string::npos ? "no answer" : answer.substr(at + 4);
}

}  // namespace

TEST_CASE("one connection carries requests one after the other, also sent at once") {
    Running running;
    RawClient client(running.port);
    client.send(get("/1", "") + get("/2", "") + get("/3"));
    const std::string answers = client.rest();
    CHECK(answers.find("GET h/1 0") < answers.find("GET h/2 0"));
    CHECK(answers.find("GET h/2 0") < answers.find("GET h/3 0"));
    CHECK(running.answered == 3);
}

TEST_CASE("an HTTP/1.0 client gets its answer and the end of the connection") {
    Running running;
    CHECK(body_of(running.ask("GET /old HTTP/1.0\r\nHost: h\r\n\r\n")) == "GET h/old 0");
}

TEST_CASE("HEAD has the length of the body and no body") {
    Running running;
    const std::string answer = running.ask("HEAD /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    CHECK(answer.find("Content-Length: 10\r\n") != std::string::npos);
    CHECK(body_of(answer).empty());
}

TEST_CASE("a body may come in chunks") {
    Running running;
    CHECK(body_of(
              running.ask("PUT /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
                          "\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")) == "PUT h/x 5");
}

TEST_CASE("a client that asks whether to go on is told to") {
    Running running;
    RawClient client(running.port);
    client.send(
        "PUT /x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: "
        "close\r\n\r\n");
    CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");
    CHECK(body_of(client.rest()) == "PUT h/x 3");
}

TEST_CASE("a message whose end is in doubt is refused, and nothing is read from it") {
    Running running;
    const std::string put = "PUT / HTTP/1.1\r\nHost: h\r\n";
    CHECK(status_of(running.port, put + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") ==
          400);
    CHECK(status_of(running.port, put + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab") == 400);
    CHECK(status_of(running.port, put + "Content-Length: x\r\n\r\n") == 400);
    CHECK(status_of(running.port, put + "Transfer-Encoding: chunked\r\n\r\nzz\r\n") == 400);
    CHECK(status_of(running.port, "nonsense\r\n\r\n") == 400);
    CHECK(status_of(running.port, "GET / HTTP/3.0\r\nHost: h\r\n\r\n") == 505);
    CHECK(running.answered == 0);
}

TEST_CASE("a request names its host exactly once") {
    Running running;
    CHECK(status_of(running.port, "GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(status_of(running.port, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") == 400);
    CHECK(running.answered == 0);
}

TEST_CASE("what is too large is refused with the status that says so") {
    server::Settings settings;
    settings.header_bytes = 2000;
    settings.body_bytes = 10;
    Running running(std::move(settings));
    CHECK(status_of(running.port, get("/", "X-Long: " + std::string(3000, 'x') + "\r\n")) == 431);
    CHECK(status_of(running.port, get("/" + std::string(3000, 'x'))) == 431);
    const std::string put = "PUT / HTTP/1.1\r\nHost: h\r\n";
    CHECK(status_of(running.port, put + "Content-Length: 11\r\n\r\n01234567890") == 413);
    CHECK(status_of(running.port, put + "Content-Length: 11\r\nExpect: 100-continue\r\n\r\n") == 413);
    CHECK(status_of(running.port, put + "Transfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n0\r\n\r\n") ==
          413);
    CHECK(status_of(running.port, put + "Content-Length: 10\r\n\r\n0123456789") == 200);
}

TEST_CASE("a first line and a number of fields have their limits, and hosts of large bodies theirs") {
    server::Settings settings;
    settings.line_bytes = 100;
    settings.header_fields = 3;
    settings.body_bytes = 10;
    settings.large_bytes = 20;
    settings.takes_large = [](const std::string& host) { return host == "large"; };
    Running running(std::move(settings));
    CHECK(status_of(running.port, get("/" + std::string(100, 'x'))) == 414);
    CHECK(status_of(running.port, get("/", "A: 1\r\nB: 2\r\nC: 3\r\n")) == 431);
    CHECK(status_of(running.port, get("/", "A: 1\r\nConnection: close\r\n")) == 200);
    const std::string put = "PUT / HTTP/1.1\r\nConnection: close\r\nContent-Length: ";
    CHECK(status_of(running.port, put + "20\r\nHost: LARGE:80\r\n\r\n" + std::string(20, 'x')) == 200);
    CHECK(status_of(running.port, put + "21\r\nHost: large\r\n\r\n" + std::string(21, 'x')) == 413);
    CHECK(status_of(running.port, put + "20\r\nHost: small\r\n\r\n" + std::string(20, 'x')) == 413);
}

TEST_CASE("bodies share what memory there is") {
    server::Settings settings;
    settings.bytes_at_once = 1000;
    Running running(std::move(settings));
    CHECK(status_of(running.port, "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 20000\r\n\r\n" +
                                      std::string(20000, 'x')) == 503);
    CHECK(status_of(running.port, get("/")) == 200);
}

TEST_CASE("who does not read makes room for others") {
    server::Settings settings;
    settings.bytes_at_once = 40'000'000;
    Running running(std::move(settings));
    const unsigned short port = running.server.listen("127.0.0.1", 0, [](const http::Request& request) {
        return server::Answered{{200, {}, std::string(request.path == "/long" ? 50'000'000 : 1, 'x')}, {}};
    });
    RawClient stalled(port);
    CHECK(status_of(port, get("/long")) == 503);
    stalled.send("POST /long HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
    CHECK(stalled.read_until("x").starts_with("HTTP/1.1 200"));
    RawClient live(port);
    live.send(get("/short"));
    CHECK(body_of(live.rest()) == "x");
}

TEST_CASE("one connection too many takes the place of the one that has been idle for longest") {
    server::Settings settings;
    settings.connections = 2;
    Running running(std::move(settings));
    RawClient first(running.port);
    first.send(get("/first", ""));
    CHECK(first.read_until("h/first 0").ends_with("h/first 0"));
    RawClient second(running.port);
    second.send(get("/second", ""));
    CHECK(second.read_until("h/second 0").ends_with("h/second 0"));
    CHECK(body_of(running.ask(get("/third"))) == "GET h/third 0");
    CHECK(first.rest().empty());
    second.send(get("/again"));
    CHECK(body_of(second.rest()) == "GET h/again 0");
}

TEST_CASE("a finished answer is sent before others are worked out") {
    server::Settings settings;
    settings.workers = 1;
    server::Server server(settings);
    std::promise<void> second_waits;
    std::promise<void> first_sent;
    std::future_status met = std::future_status::timeout;
    server::Answer answer([&](const http::Request& request) {
        if (request.path == "/first") second_waits.get_future().wait();
        if (request.path == "/second") met = first_sent.get_future().wait_for(std::chrono::seconds(20));
        return server::Answered{{200, {}, request.path}, {}};
    });
    answer.known = [&](const http::Request& request) {
        if (request.path == "/second") second_waits.set_value();
        return std::optional<server::Answered>();
    };
    const unsigned short port = server.listen("127.0.0.1", 0, answer);
    std::thread thread([&] { server.run(); });
    RawClient first(port);
    RawClient second(port);
    first.send(get("/first"));
    second.send(get("/second"));
    CHECK(body_of(first.rest()) == "/first");
    first_sent.set_value();
    CHECK(body_of(second.rest()) == "/second");
    CHECK(met == std::future_status::ready);
    server.stop();
    thread.join();
}

TEST_CASE("requests that come while others are worked out join them, up to sixteen") {
    constexpr std::size_t most = 16;
    constexpr std::size_t all = most + 3;
    server::Server server({});
    std::vector<std::size_t> sizes;  // of each lot, in order
    server::Answer answer([](const http::Request&) { return server::Answered{{500, {}, {}}, {}}; });
    std::atomic<std::size_t> come = 0;
    answer.is_one_of_many = [&](const http::Request&) { return ++come > 0; };
    answer.together = [&](const server::NextRequest& next) {
        std::vector<std::optional<server::Answered>> answers;
        const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (answers.size() < most && std::chrono::steady_clock::now() < latest) {
            const http::Request* const request = next();
            if (request != nullptr) answers.push_back(server::Answered{{200, {}, request->path}, {}});
            if (request == nullptr && come == all && !sizes.empty()) break;
            if (request == nullptr) std::this_thread::sleep_for(milliseconds(1));
        }
        if (answers.size() == most) CHECK(next() == nullptr);
        sizes.push_back(answers.size());
        return answers;
    };
    const unsigned short port = server.listen("127.0.0.1", 0, answer);
    std::thread thread([&] { server.run(); });
    std::vector<std::unique_ptr<RawClient>> clients;
    for (std::size_t i = 0; i < all; ++i) {
        clients.push_back(std::make_unique<RawClient>(port));
        clients.back()->send(get("/" + std::to_string(i)));
    }
    for (std::size_t i = 0; i < all; ++i) CHECK(body_of(clients[i]->rest()) == "/" + std::to_string(i));
    server.stop();
    thread.join();
    REQUIRE(sizes.size() >= 2);
    CHECK(sizes.front() == most);
}

TEST_CASE("what takes long holds no worker, and has its own limit") {
    server::Settings settings;
    settings.workers = 1;
    settings.patient_workers = 1;
    Running running(std::move(settings));
    std::promise<void> gate;
    const unsigned short port = running.server.listen("127.0.0.1", 0, [&](const http::Request& request) {
        server::Answered answered;
        if (request.path == "/long")
            answered.later = [&] {
                gate.get_future().wait();
                return server::Answered{{200, {}, "at last"}, {}};
            };
        return answered;
    });
    RawClient patient(port);
    patient.send(get("/long"));
    while (status_of(port, get("/long")) != 429) {
    }
    CHECK(status_of(port, get("/short")) == 200);
    gate.set_value();
    CHECK(body_of(patient.rest()) == "at last");
}

TEST_CASE("the refusal arrives although the client goes on sending") {
    server::Settings settings;
    settings.body_bytes = 10;
    Running running(std::move(settings));
    CHECK(status_of(running.port, "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 4000000\r\n\r\n" +
                                      std::string(4000000, 'x')) == 413);
}

TEST_CASE("a request that does not come to its end is given up") {
    server::Settings settings;
    settings.message_time = milliseconds(100);
    Running running(std::move(settings));
    CHECK(status_of(running.port, "GET / HTT") == 408);
    CHECK(status_of(running.port, "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab") == 408);
    CHECK(status_of(running.port, get("/")) == 200);
}

TEST_CASE("a connection on which nothing comes is closed without a word") {
    server::Settings settings;
    settings.idle_time = milliseconds(50);
    Running running(std::move(settings));
    RawClient client(running.port);
    CHECK(client.rest().empty());
}

TEST_CASE("an answer that fails says nothing of why") {
    Running running;
    CHECK(running.ask(get("/throw")).starts_with("HTTP/1.1 500 "));
    CHECK(body_of(running.ask(get("/throw"))).empty());
}

TEST_CASE("a proxy's client gets the answer for the host of its URL") {
    Running running;
    CHECK(body_of(running.ask("GET http://elsewhere/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")) ==
          "GET elsewhere/x 0");
}

TEST_CASE("a proxy's client that asks for another of the server's addresses gets that one's answer") {
    Running running;
    const std::string at = "127.0.0.1:" + std::to_string(running.other);
    const std::string more = " HTTP/1.1\r\nHost: " + at + "\r\nConnection: close\r\n\r\n";
    CHECK(body_of(running.ask("GET http://" + at + "/x" + more)) == "other /x");
    CHECK(body_of(running.ask("GET http://localhost:" + std::to_string(running.other) + "/x" + more)) ==
          "other /x");
    RawClient client(running.port);
    client.send("CONNECT " + at + " HTTP/1.1\r\nHost: " + at + "\r\n\r\n");
    CHECK(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200 "));
    client.send(get("/y"));
    CHECK(body_of(client.rest()) == "other /y");
}

TEST_CASE("tunnels lead to known hosts only") {
    Running running;
    CHECK(status_of(running.port, "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n") ==
          403);
    RawClient client(running.port);
    client.send("CONNECT known.example:443 HTTP/1.1\r\nHost: known.example\r\n\r\n");
    CHECK(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200 "));
    client.send("GET /x HTTP/1.1\r\nHost: known.example\r\nConnection: close\r\n\r\n");
    CHECK(body_of(client.rest()) == "GET known.example/x 0");
}

TEST_CASE("what is in flight when the server stops is answered, and nothing after it") {
    Running running;
    RawClient busy(running.port);
    RawClient idle(running.port);
    idle.send(get("/1", ""));
    CHECK(idle.read_until("GET h/1 0") != "");
    busy.send(get("/slow", "") + get("/after", ""));
    while (running.answered < 2) std::this_thread::yield();
    running.server.stop();
    CHECK(idle.rest().empty());
    running.gate.set_value();
    const std::string answer = busy.rest();
    CHECK(body_of(answer) == "GET h/slow 0");
    CHECK(answer.find("Connection: close") != std::string::npos);
    running.thread.join();
    CHECK(running.answered == 2);
    CHECK_THROWS(RawClient(running.port));
}

TEST_CASE("an address that is taken is refused with its reason") {
    Running running;
    server::Server second({});
    CHECK_THROWS_WITH(
        second.listen("127.0.0.1", running.port, {}),
        ("Cannot listen on 127.0.0.1:" + std::to_string(running.port) + ": Address already in use").c_str());
    CHECK_THROWS(second.listen("localhost.example", 0, {}));
}
