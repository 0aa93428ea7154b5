#include "cli/server/server.hpp"

#include <fmt/format.h>
#include <openssl/pem.h>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <algorithm>
#include <csignal>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

namespace azid::server {

namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using boost::system::error_code;
using net::ip::tcp;
using Clock = std::chrono::steady_clock;
using TlsStream = beast::ssl_stream<beast::tcp_stream&>;
using Parser = wire::request_parser<wire::string_body>;

// As a completion token: gives the error instead of throwing it.
auto into(error_code& error) { return net::redirect_error(net::use_awaitable, error); }

// What a client asked in bytes, as the faces take it. A proxy's client sends the whole URL.
http::Request taken_apart(const wire::request<wire::string_body>& message, const std::string& tunnel_host) {
    const std::string target(message.target());
    const std::string named(message[wire::field::host]);
    http::Request request =
        target.starts_with('/') || target.starts_with('*')
            ? http::request_to("https://" + (named.empty() ? tunnel_host : named) + target)
            : http::request_to(target);
    request.method = std::string(message.method_string());
    for (const auto& field : message) {
        std::string& value = request.headers[std::string(field.name_string())];
        if (!value.empty()) value += ", ";
        value += std::string(field.value());
    }
    request.body = message.body();
    return request;
}

wire::response<wire::string_body> put_together(const http::Response& answer, unsigned version, bool head,
                                               bool keep_alive) {
    wire::response<wire::string_body> message;
    message.version(version);
    message.result(static_cast<unsigned>(answer.status));
    for (const auto& [name, value] : answer.headers) message.set(name, value);
    const bool bodiless = answer.status == 204 || answer.status == 304;
    if (!bodiless && message.find(wire::field::content_length) == message.end())
        message.content_length(answer.body.size());
    if (!head && !bodiless) message.body() = answer.body;
    message.keep_alive(keep_alive);
    return message;
}

http::Response refusal(const error_code& error) {
    if (error == wire::error::header_limit) return {431, {}, {}};
    if (error == wire::error::body_limit) return {413, {}, {}};
    return {400, {}, {}};
}

// Whether it is the client's message that is wrong, and not the connection that is gone.
bool is_malformed(const error_code& error) {
    return error.category() == make_error_code(wire::error::bad_target).category() &&
           error != wire::error::end_of_stream && error != wire::error::partial_message;
}

}  // namespace

// One accepted connection, as long as its coroutine runs.
struct Connection {
    explicit Connection(tcp::socket socket) : stream(std::move(socket)) {}
    beast::tcp_stream stream;
    beast::flat_buffer buffer;
    bool waiting = true;  // for a next request: nothing is in flight
};

struct Server::Core {
    explicit Core(Settings with)
        : settings(std::move(with)), tls(net::ssl::context::tls_server), pool(settings.workers) {
        tls.set_options(net::ssl::context::default_workarounds | net::ssl::context::no_sslv2 |
                        net::ssl::context::no_sslv3 | net::ssl::context::no_tlsv1 |
                        net::ssl::context::no_tlsv1_1);
        SSL_CTX_set_cert_cb(tls.native_handle(), &Core::choose_certificate, this);
    }

    static int choose_certificate(SSL* ssl, void* core);
    static bool use(SSL* ssl, const Identity& identity);

    net::awaitable<void> accept(std::shared_ptr<tcp::acceptor> acceptor,
                                std::shared_ptr<const Answer> answer);
    net::awaitable<void> serve(std::shared_ptr<Connection> connection, std::shared_ptr<const Answer> answer);
    net::awaitable<void> serve_tls(Connection& connection, const Answer& answer, const std::string& tunnel);
    net::awaitable<void> tunnel(Connection& connection, const Answer& answer, std::string target,
                                unsigned version);
    template <class Stream>
    net::awaitable<void> converse(Connection& connection, Stream& stream, const Answer& answer,
                                  const std::string& tunnel_host);
    template <class Stream>
    net::awaitable<bool> read(Connection& connection, Stream& stream, Parser& parser);
    template <class Stream>
    net::awaitable<bool> refuse(Connection& connection, Stream& stream, const error_code& error);
    template <class Stream>
    net::awaitable<bool> reply(Connection& connection, Stream& stream,
                               const wire::request<wire::string_body>& message, const http::Response& answer);
    net::awaitable<http::Response> ask(const Answer& answer, const http::Request& request);
    net::awaitable<void> repeat(std::chrono::milliseconds interval, std::function<void()> function);
    net::awaitable<void> watch(std::shared_ptr<net::signal_set> signal, std::function<void()> function);
    void stop_now();

    Settings settings;
    net::io_context io{1};
    net::ssl::context tls;
    net::thread_pool pool;
    std::set<Connection*> connections;
    std::vector<std::shared_ptr<tcp::acceptor>> acceptors;
    std::vector<std::shared_ptr<net::steady_timer>> timers;
    std::vector<std::shared_ptr<net::signal_set>> signals;
    bool stopping = false;
};

int Server::Core::choose_certificate(SSL* ssl, void* self) {
    Core& core = *static_cast<Core*>(self);
    const char* const name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    try {
        const std::optional<Identity> identity = core.settings.identity(name == nullptr ? "" : name);
        return identity && use(ssl, *identity) ? 1 : 0;
    } catch (const std::exception&) {
        return 0;
    }
}

bool Server::Core::use(SSL* ssl, const Identity& identity) {
    using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
    using X509s = std::unique_ptr<X509, decltype(&X509_free)>;
    const Bio chain(BIO_new_mem_buf(identity.chain_pem.data(), static_cast<int>(identity.chain_pem.size())),
                    &BIO_free);
    const X509s leaf(PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr), &X509_free);
    if (!leaf || SSL_use_certificate(ssl, leaf.get()) != 1) return false;
    for (;;) {
        const X509s next(PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr), &X509_free);
        if (!next) break;
        if (SSL_add1_chain_cert(ssl, next.get()) != 1) return false;
    }
    const Bio key_text(BIO_new_mem_buf(identity.key_pem.data(), static_cast<int>(identity.key_pem.size())),
                       &BIO_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
    return key && SSL_use_PrivateKey(ssl, key.get()) == 1;
}

net::awaitable<void> Server::Core::accept(std::shared_ptr<tcp::acceptor> acceptor,
                                          std::shared_ptr<const Answer> answer) {
    while (!stopping) {
        error_code error;
        tcp::socket socket = co_await acceptor->async_accept(into(error));
        if (error == net::error::operation_aborted) co_return;
        if (error) {  // out of descriptors, most likely: let some go
            net::steady_timer pause(io, std::chrono::milliseconds(20));
            co_await pause.async_wait(into(error));
            continue;
        }
        socket.set_option(tcp::no_delay(true), error);
        const std::shared_ptr<Connection> connection = std::make_shared<Connection>(std::move(socket));
        net::co_spawn(io, serve(connection, answer), net::detached);
    }
}

net::awaitable<void> Server::Core::serve(std::shared_ptr<Connection> connection,
                                         std::shared_ptr<const Answer> answer) {
    connections.insert(connection.get());
    try {
        connection->stream.expires_after(settings.message_time);
        if (co_await beast::async_detect_ssl(connection->stream, connection->buffer, net::use_awaitable))
            co_await serve_tls(*connection, *answer, "");
        else
            co_await converse(*connection, connection->stream, *answer, "");
    } catch (const std::exception&) {
        // The other end is gone, or spoke neither protocol: there is nobody to tell.
    }
    error_code ignored;
    connection->stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
    connections.erase(connection.get());
}

net::awaitable<void> Server::Core::serve_tls(Connection& connection, const Answer& answer,
                                             const std::string& tunnel) {
    TlsStream stream(connection.stream, tls);
    connection.stream.expires_after(settings.message_time);
    const std::size_t used = co_await stream.async_handshake(net::ssl::stream_base::server,
                                                             connection.buffer.data(), net::use_awaitable);
    connection.buffer.consume(used);
    co_await converse(connection, stream, answer, tunnel);
    error_code ignored;
    connection.stream.expires_after(std::chrono::seconds(1));
    co_await stream.async_shutdown(into(ignored));
}

// "CONNECT host:443": the client believes to speak to that host from here on, and does.
net::awaitable<void> Server::Core::tunnel(Connection& connection, const Answer& answer, std::string target,
                                          unsigned version) {
    const std::string host = target.substr(0, target.rfind(':'));
    const bool agreed = settings.tunnels(host);
    wire::response<wire::empty_body> answer_to_it{agreed ? wire::status::ok : wire::status::forbidden,
                                                  version};
    co_await wire::async_write(connection.stream, answer_to_it, net::use_awaitable);
    if (!agreed) co_return;
    connection.stream.expires_after(settings.message_time);
    if (co_await beast::async_detect_ssl(connection.stream, connection.buffer, net::use_awaitable))
        co_await serve_tls(connection, answer, host);
    else
        co_await converse(connection, connection.stream, answer, host);
}

template <class Stream>
net::awaitable<void> Server::Core::converse(Connection& connection, Stream& stream, const Answer& answer,
                                            const std::string& tunnel_host) {
    for (;;) {
        Parser parser;
        if (!co_await read(connection, stream, parser)) co_return;
        const wire::request<wire::string_body> message = parser.release();
        if (message.method() == wire::verb::connect && tunnel_host.empty()) {
            if constexpr (std::is_same_v<Stream, beast::tcp_stream>)
                co_await tunnel(connection, answer, std::string(message.target()), message.version());
            co_return;
        }
        http::Request request;
        http::Response response{400, {}, {}};
        const Clock::time_point begun = Clock::now();
        bool understood = true;
        try {
            request = taken_apart(message, tunnel_host);
        } catch (const std::exception&) {
            understood = false;
        }
        if (understood) response = co_await ask(answer, request);
        const bool more = co_await reply(connection, stream, message, response);
        if (settings.log)
            settings.log(request, response,
                         std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun));
        if (!more) co_return;
    }
}

// Reads one request; false when there is none any more, or it was refused.
template <class Stream>
net::awaitable<bool> Server::Core::read(Connection& connection, Stream& stream, Parser& parser) {
    error_code error;
    parser.header_limit(static_cast<std::uint32_t>(settings.header_bytes));
    parser.body_limit(settings.body_bytes);
    connection.waiting = connection.buffer.size() == 0;
    if (stopping && connection.waiting) co_return false;
    connection.stream.expires_after(connection.waiting ? settings.idle_time : settings.message_time);
    if (connection.waiting) {
        // The first bytes may take their time; the rest of the request may not.
        const std::size_t got = co_await stream.async_read_some(connection.buffer.prepare(4096), into(error));
        if (error) co_return false;
        connection.buffer.commit(got);
    }
    connection.waiting = false;
    connection.stream.expires_after(settings.message_time);
    co_await wire::async_read_header(stream, connection.buffer, parser, into(error));
    if (error) co_return co_await refuse(connection, stream, error);
    if (beast::iequals(parser.get()[wire::field::expect], "100-continue")) {
        wire::response<wire::empty_body> go_on{wire::status::continue_, parser.get().version()};
        co_await wire::async_write(stream, go_on, into(error));
        if (error) co_return false;
    }
    co_await wire::async_read(stream, connection.buffer, parser, into(error));
    if (error) co_return co_await refuse(connection, stream, error);
    co_return true;
}

template <class Stream>
net::awaitable<bool> Server::Core::refuse(Connection& connection, Stream& stream, const error_code& error) {
    if (!is_malformed(error)) co_return false;
    error_code ignored;
    wire::response<wire::string_body> message = put_together(refusal(error), 11, false, false);
    connection.stream.expires_after(std::chrono::seconds(5));
    co_await wire::async_write(stream, message, into(ignored));
    co_return false;
}

// Sends the answer; false when the connection ends with it.
template <class Stream>
net::awaitable<bool> Server::Core::reply(Connection& connection, Stream& stream,
                                         const wire::request<wire::string_body>& message,
                                         const http::Response& answer) {
    const bool keep = message.keep_alive() && !stopping;
    const bool head = message.method() == wire::verb::head;
    wire::response<wire::string_body> out = put_together(answer, message.version(), head, keep);
    error_code error;
    connection.stream.expires_after(settings.message_time);
    if (head) {
        wire::response_serializer<wire::string_body> serializer(out);
        co_await wire::async_write_header(stream, serializer, into(error));
    } else {
        co_await wire::async_write(stream, out, into(error));
    }
    co_return keep && !error;
}

// The answer is worked out on the pool: a transaction may have to wait for another one.
net::awaitable<http::Response> Server::Core::ask(const Answer& answer, const http::Request& request) {
    co_return co_await net::co_spawn(
        pool,
        [&]() -> net::awaitable<http::Response> {
            try {
                co_return answer(request);
            } catch (const std::exception&) {
                co_return http::Response{500, {}, {}};
            }
        },
        net::use_awaitable);
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

net::awaitable<void> Server::Core::watch(std::shared_ptr<net::signal_set> signal,
                                         std::function<void()> function) {
    while (!stopping) {
        error_code error;
        co_await signal->async_wait(into(error));
        if (!error) function();
    }
}

// Nothing new is taken on; connections that wait are closed, the others end with their answer.
void Server::Core::stop_now() {
    if (std::exchange(stopping, true)) return;
    error_code ignored;
    for (const auto& acceptor : acceptors) acceptor->close(ignored);
    for (const auto& timer : timers) timer->cancel();
    for (const auto& set : signals) set->cancel(ignored);
    for (Connection* const connection : connections)
        if (connection->waiting) connection->stream.cancel();
    const std::shared_ptr<net::steady_timer> end =
        std::make_shared<net::steady_timer>(io, settings.stop_time);
    net::co_spawn(
        io,
        [this, end]() -> net::awaitable<void> {
            error_code error;
            while (!connections.empty() && end->expiry() > Clock::now()) {
                net::steady_timer moment(io, std::chrono::milliseconds(5));
                co_await moment.async_wait(into(error));
            }
            io.stop();
        },
        net::detached);
}

Server::Server(Settings settings) : core_(std::make_unique<Core>(std::move(settings))) {}

Server::~Server() { core_->pool.join(); }

unsigned short Server::listen(const std::string& address, unsigned short port, Answer answer) {
    error_code error;
    const net::ip::address ip = net::ip::make_address(address, error);
    if (error) throw std::runtime_error(fmt::format("'{}' is not an IP address", address));
    const std::shared_ptr<tcp::acceptor> acceptor = std::make_shared<tcp::acceptor>(core_->io);
    const tcp::endpoint endpoint(ip, port);
    acceptor->open(endpoint.protocol(), error);
    if (!error) acceptor->set_option(net::socket_base::reuse_address(true), error);
    if (!error) acceptor->bind(endpoint, error);
    if (!error) acceptor->listen(net::socket_base::max_listen_connections, error);
    if (error)
        throw std::runtime_error(fmt::format("cannot listen on {}:{}: {}", address, port, error.message()));
    core_->acceptors.push_back(acceptor);
    net::co_spawn(core_->io, core_->accept(acceptor, std::make_shared<const Answer>(std::move(answer))),
                  net::detached);
    return acceptor->local_endpoint().port();
}

void Server::run() { core_->io.run(); }

void Server::stop() {
    net::post(core_->io, [core = core_.get()] { core->stop_now(); });
}

void Server::every(std::chrono::milliseconds interval, std::function<void()> function) {
    net::co_spawn(core_->io, core_->repeat(interval, std::move(function)), net::detached);
}

void Server::on_signal(int signal, std::function<void()> function) {
    const std::shared_ptr<net::signal_set> set = std::make_shared<net::signal_set>(core_->io, signal);
    core_->signals.push_back(set);
    net::co_spawn(core_->io, core_->watch(set, std::move(function)), net::detached);
}

}  // namespace azid::server
