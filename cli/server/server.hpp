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

namespace azid::server {

// An answer, and who asked as the log shall name them; empty: nobody known.
struct Answered {
    http::Response response;
    std::string principal;
};

// Gives the answer to a request; runs on one of several worker threads. What it throws becomes a 500 without
// words.
using Answer = std::function<Answered(const http::Request&)>;

struct Identity {
    std::string chain_pem;  // the leaf first
    std::string key_pem;
};

struct Settings {
    std::size_t header_bytes = 64 * 1024;
    std::size_t body_bytes = 64 * 1024 * 1024;
    std::chrono::milliseconds message_time{30'000};  // for one request to arrive, or one answer to leave
    std::chrono::milliseconds idle_time{120'000};    // between two requests of a connection
    std::chrono::milliseconds stop_time{10'000};     // what is in flight at stop() may still take so long
    unsigned workers = 4;
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
