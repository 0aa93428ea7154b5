// An HTTP/1.1 server with TLS on the same port, and a forward proxy that ends TLS itself. It knows nothing of
// Azure: names, certificates and answers are handed in.
#pragma once

#include "core/base/http.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace azid::server {

// An answer, and who asked as the log shall name them; empty: nobody known.
struct Answered {
    http::Response response;
    std::string principal;
    // What the answer comes of instead, where that takes so long that no worker shall wait for it. Its own is
    // not asked for again.
    std::function<Answered()> later{};
};

// The next of several requests; null where there is none.
using NextRequest = std::function<const http::Request*()>;

// Gives the answer to a request.
struct Answer {
    using Together = std::vector<std::optional<Answered>>(const NextRequest& next);

    Answer() = default;
    template <class Function>
    requires std::is_invocable_r_v<Answered, Function, const http::Request&> Answer(Function function)
        : worked_out(std::move(function)) {}

    // Runs on one of several worker threads. What it throws becomes a 500 without words.
    std::function<Answered(const http::Request&)> worked_out;
    // What is known without waiting for anything: asked first of a request that is not one of many, on the
    // thread of run(). Gives nothing where the answer has to be worked out; throws nothing. May be empty.
    std::function<std::optional<Answered>(const http::Request&)> known = {};
    // Whether the request is one of those that are cheaper worked out several at once; on the thread of
    // run(). May be empty.
    std::function<bool(const http::Request&)> is_one_of_many = {};
    // Works out the next of those, and the next, until there are none: nothing for each that is better worked
    // out by itself. On a thread of its own; throws nothing.
    std::function<Together> together = {};
};

struct Identity {
    std::string chain_pem;  // the leaf first
    std::string key_pem;
};

struct Settings {
    std::size_t line_bytes = 16 * 1024;  // the first line of a request
    std::size_t header_fields = 200;
    std::size_t header_bytes = 64 * 1024;  // with the line
    std::size_t body_bytes = 4 * 1024 * 1024;
    std::function<bool(const std::string& host)> takes_large;  // may be empty
    std::size_t large_bytes = 64 * 1024 * 1024;                // a body's limit at those hosts
    // What all bodies together may take that are arriving or wait to be read. A request beyond it is refused
    // with 503; answers beyond it are not worked out before others have gone.
    std::size_t bytes_at_once = 96 * 1024 * 1024;
    // A connection beyond this takes the place of the one that has been idle for longest, or waits for one.
    std::size_t connections = 2000;
    std::chrono::milliseconds message_time{30'000};  // for one request to arrive, or one answer to leave
    std::chrono::milliseconds idle_time{120'000};    // between two requests of a connection
    std::chrono::milliseconds stop_time{10'000};     // what is in flight at stop() may still take so long
    unsigned workers = 4;
    unsigned patient_workers = 32;  // for what takes long; one request more is refused with 429
    // The certificate for a host name that a client asks for; empty: the handshake is refused. Called on the
    // thread of run().
    std::function<std::optional<Identity>(const std::string& host)> identity;
    // Whether a tunnel to that host is agreed to; nothing is ever forwarded.
    std::function<bool(const std::string& host)> tunnels;
    // Told of each request that was answered or refused, on the thread of run(). Of one that could not be
    // read the method is empty. May be empty.
    std::function<void(const http::Request&, const Answered&, std::chrono::microseconds)> log;
};

class Server {
  public:
    explicit Server(Settings settings);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Listens on an IP address; port 0 takes a free one. Gives the port. A connection may speak HTTP or TLS,
    // or ask for a tunnel (CONNECT), whose other end is this server too. A proxy's client that asks for the
    // address of another of this server's listeners gets that one's answer. Throws std::runtime_error when
    // the address cannot be had.
    unsigned short listen(const std::string& address, unsigned short port, Answer answer);
    // Serves until stop(), then finishes what is in flight.
    void run();
    // May be called from any thread, not from a signal handler.
    void stop();
    // Calls the function on the thread of run(), over and over with the time in between.
    void every(std::chrono::milliseconds interval, std::function<void()> function);
    // Calls the function on the thread of run() whenever the signal comes, from now on until run() is over.
    void on_signal(int signal, std::function<void()> function);

  private:
    struct Core;
    std::unique_ptr<Core> core_;
};

}  // namespace azid::server
