#include "cli/server/server.hpp"

#include "cli/server/certificate_choice.hpp"
#include "cli/server/core.hpp"

#include <fmt/format.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <malloc.h>

#include <stdexcept>
#include <utility>

namespace azid::server {

Server::Core::Core(Settings with)
    : settings(std::move(with)), tls(net::ssl::context::tls_server), pool(settings.workers) {
    tls.set_options(net::ssl::context::default_workarounds | net::ssl::context::no_sslv2 |
                    net::ssl::context::no_sslv3 | net::ssl::context::no_tlsv1 |
                    net::ssl::context::no_tlsv1_1 | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(tls.native_handle(), SSL_MODE_RELEASE_BUFFERS);  // while a connection is idle
    choose_certificates(tls.native_handle(), settings);
}

net::awaitable<void> Server::Core::accept(Listener listener) {
    while (!stopping) {
        error_code error;
        tcp::socket socket = co_await listener.acceptor->async_accept(into(error));
        if (error == net::error::operation_aborted) co_return;
        if (error) {  // out of descriptors, most likely: let some go
            net::steady_timer pause(io, std::chrono::milliseconds(20));
            co_await pause.async_wait(into(error));
            continue;
        }
        socket.set_option(tcp::no_delay(true), error);
        while (connections.size() >= settings.connections && !stopping) {
            make_room();
            net::steady_timer pause(io, std::chrono::milliseconds(1));
            co_await pause.async_wait(into(error));
        }
        net::co_spawn(
            io,
            serve(std::make_shared<Connection>(io, std::move(socket), settings.header_bytes + 16384),
                  listener.answer),
            net::detached);
    }
}

void Server::Core::make_room() {
    Connection* oldest = nullptr;
    for (Connection* const one : connections)
        if (one->waiting && (oldest == nullptr || one->since < oldest->since)) oldest = one;
    if (oldest == nullptr) return;
    oldest->waiting = false;
    error_code ignored;
    oldest->stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
    oldest->stream.cancel();
}

net::awaitable<void> Server::Core::repeat(std::chrono::milliseconds interval,
                                          std::function<void()> function) {
    const std::shared_ptr<net::steady_timer> timer = std::make_shared<net::steady_timer>(io);
    timers.push_back(timer);
    while (!stopping) {
        function();
        error_code error;
        timer->expires_after(interval);
        co_await timer->async_wait(into(error));
    }
}

// Signals count until run() is over: a second one may mean something else than the first.
net::awaitable<void> Server::Core::watch(std::shared_ptr<net::signal_set> signal,
                                         std::function<void()> function) {
    for (;;) {
        error_code error;
        co_await signal->async_wait(into(error));
        if (error) co_return;
        function();
    }
}

net::awaitable<void> Server::Core::finish() {
    const net::steady_timer::time_point end = net::steady_timer::clock_type::now() + settings.stop_time;
    while (!connections.empty() && net::steady_timer::clock_type::now() < end) {
        net::steady_timer moment(io, std::chrono::milliseconds(5));
        error_code error;
        co_await moment.async_wait(into(error));
    }
    io.stop();
}

// Nothing new is taken on; connections that wait are closed, the others end with their answer.
void Server::Core::stop_now() {
    if (std::exchange(stopping, true)) return;
    error_code ignored;
    for (const Listener& listener : listeners) listener.acceptor->close(ignored);
    for (const auto& timer : timers) timer->cancel();
    for (Connection* const connection : connections)
        if (connection->waiting) connection->stream.cancel();
    net::co_spawn(io, finish(), net::detached);
}

Server::Server(Settings settings) : core_(std::make_unique<Core>(std::move(settings))) {
    // The memory of a long answer goes with it, rather than being kept for the thread that made it.
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
}

Server::~Server() {
    core_->pool.join();
    if (core_->patient) core_->patient->join();
    if (core_->together) core_->together->join();
}

unsigned short Server::listen(const std::string& address, unsigned short port, Answer answer) {
    error_code error;
    const net::ip::address ip = net::ip::make_address(address, error);
    if (error) throw std::runtime_error(fmt::format("'{}' is not an IP address", address));
    Listener listener{
        std::make_shared<tcp::acceptor>(core_->io), std::make_shared<const Answer>(std::move(answer)), {}};
    tcp::acceptor& acceptor = *listener.acceptor;
    const tcp::endpoint endpoint(ip, port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(net::socket_base::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(net::socket_base::max_listen_connections, error);
    if (error)
        throw std::runtime_error(fmt::format("Cannot listen on {}:{}: {}", address, port, error.message()));
    listener.endpoint = acceptor.local_endpoint();
    core_->listeners.push_back(listener);
    net::co_spawn(core_->io, core_->accept(listener), net::detached);
    return listener.endpoint.port();
}

void Server::run() { core_->io.run(); }

void Server::stop() {
    net::post(core_->io, [core = core_.get()] { core->stop_now(); });
}

void Server::every(std::chrono::milliseconds interval, std::function<void()> function) {
    net::co_spawn(core_->io, core_->repeat(interval, std::move(function)), net::detached);
}

void Server::on_signal(int signal, std::function<void()> function) {
    net::co_spawn(core_->io,
                  core_->watch(std::make_shared<net::signal_set>(core_->io, signal), std::move(function)),
                  net::detached);
}

}  // namespace azid::server
