#include "cli/server/core.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/beast/core/detect_ssl.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <array>
#include <type_traits>
#include <utility>

namespace azid::server {

namespace {

namespace beast = boost::beast;
namespace wire = boost::beast::http;
using Clock = std::chrono::steady_clock;
using TlsStream = beast::ssl_stream<beast::tcp_stream&>;

// How long what a refused client is still sending is read and thrown away: were the socket closed before,
// the refusal would be lost with it.
constexpr std::chrono::seconds drain_time{1};
constexpr std::chrono::seconds refusal_time{5};

// The status of the refusal; 0 when it is not the client's message that is wrong, but the connection that is
// gone.
int status_of(const Connection& connection, const error_code& error) {
    if (connection.late) return 408;
    if (error == wire::error::header_limit) return 431;
    if (error == wire::error::body_limit) return 413;
    if (error == wire::error::bad_version) return 505;
    const bool malformed = error.category() == make_error_code(wire::error::bad_target).category() &&
                           error != wire::error::end_of_stream && error != wire::error::partial_message;
    return malformed ? 400 : 0;
}

}  // namespace

void Connection::begin_deadline(std::chrono::milliseconds time) {
    stream.expires_never();
    late = false;
    timer.expires_after(time);
    timer.async_wait([self = shared_from_this(), now = ++turn](const error_code& error) {
        if (error || self->turn != now) return;
        self->late = true;
        self->stream.cancel();
    });
}

void Connection::end_deadline() {
    ++turn;
    timer.cancel();
}

net::awaitable<void> Server::Core::serve(std::shared_ptr<Connection> connection,
                                         std::shared_ptr<const Answer> answer) {
    connections.insert(connection.get());
    try {
        connection->stream.expires_after(settings.idle_time);
        if (co_await beast::async_detect_ssl(connection->stream, connection->buffer, net::use_awaitable))
            co_await serve_tls(*connection, *answer, "");
        else
            co_await converse(*connection, connection->stream, *answer, "");
    } catch (const std::exception&) {
        // The other end is gone, or spoke neither protocol: there is nobody to tell.
    }
    if (connection->refused) co_await drain(*connection);
    error_code ignored;
    connection->stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
    connections.erase(connection.get());
}

net::awaitable<void> Server::Core::drain(Connection& connection) {
    error_code error;
    connection.stream.socket().shutdown(tcp::socket::shutdown_send, error);
    connection.stream.expires_after(drain_time);
    std::array<char, 4096> thrown_away{};
    while (!error) co_await connection.stream.async_read_some(net::buffer(thrown_away), into(error));
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
    connection.stream.expires_after(drain_time);
    if (!connection.refused) co_await stream.async_shutdown(into(ignored));
}

// "CONNECT host:443": the client believes to speak to that host from here on, and does.
net::awaitable<void> Server::Core::tunnel(Connection& connection, const Answer& answer, std::string target,
                                          unsigned version) {
    const Clock::time_point begun = Clock::now();
    const Authority authority = authority_of(target);
    const Answer* const own = answer_at(authority);
    const bool agreed = own != nullptr || settings.tunnels(lower(authority.host));
    wire::response<wire::empty_body> answer_to_it{agreed ? wire::status::ok : wire::status::forbidden,
                                                  version};
    if (!agreed) answer_to_it.content_length(0);
    co_await wire::async_write(connection.stream, answer_to_it, net::use_awaitable);
    if (!agreed) {
        http::Request request;
        request.method = "CONNECT";
        request.host = authority.host;
        log(request, {{403, {}, {}}, {}}, begun);
        co_return;
    }
    connection.waiting = true;
    connection.stream.expires_after(settings.idle_time);
    if (co_await beast::async_detect_ssl(connection.stream, connection.buffer, net::use_awaitable))
        co_await serve_tls(connection, own == nullptr ? answer : *own, authority.host);
    else
        co_await converse(connection, connection.stream, own == nullptr ? answer : *own, authority.host);
}

template <class Stream>
net::awaitable<void> Server::Core::converse(Connection& connection, Stream& stream, const Answer& answer,
                                            const std::string& tunnel_host) {
    for (;;) {
        Parser parser;
        if (!co_await read(connection, stream, parser)) co_return;
        const RequestMessage message = parser.release();
        if (message.method() == wire::verb::connect && tunnel_host.empty()) {
            if constexpr (std::is_same_v<Stream, beast::tcp_stream>)
                co_await tunnel(connection, answer, std::string(message.target()), message.version());
            co_return;
        }
        const Clock::time_point begun = Clock::now();
        const Answer* const own = answer_at(proxied_authority(message));
        http::Request request;
        Answered answered{protocol_refusal(400), {}};
        bool understood = true;
        try {
            request = taken_apart(message, tunnel_host);
        } catch (const std::exception&) {
            understood = false;
        }
        if (understood) answered = co_await ask(own == nullptr ? answer : *own, request);
        const bool more = co_await reply(connection, stream, message, answered.response);
        log(request, answered, begun);
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
    if (connection.waiting) {
        // The first bytes may take their time; the rest of the request may not.
        connection.stream.expires_after(settings.idle_time);
        const std::size_t got = co_await stream.async_read_some(connection.buffer.prepare(4096), into(error));
        if (error) co_return false;
        connection.buffer.commit(got);
    }
    connection.waiting = false;
    connection.begin_deadline(settings.message_time);
    co_await wire::async_read_header(stream, connection.buffer, parser, into(error));
    const beast::string_view expected = error ? beast::string_view() : parser.get()[wire::field::expect];
    if (beast::iequals(expected, "100-continue") && !parser.is_done()) {
        wire::response<wire::empty_body> go_on{wire::status::continue_, parser.get().version()};
        co_await wire::async_write(stream, go_on, into(error));
    }
    if (!error) co_await wire::async_read(stream, connection.buffer, parser, into(error));
    connection.end_deadline();
    if (!error) co_return true;
    co_await refuse(connection, stream, error);
    co_return false;
}

template <class Stream>
net::awaitable<void> Server::Core::refuse(Connection& connection, Stream& stream, const error_code& error) {
    const int status = status_of(connection, error);
    if (status == 0) co_return;
    const Clock::time_point begun = Clock::now();
    const Answered answered{protocol_refusal(status), {}};
    error_code ignored;
    ResponseMessage message = put_together(answered.response, 11, false, false);
    connection.refused = true;
    connection.stream.expires_after(refusal_time);
    co_await wire::async_write(stream, message, into(ignored));
    log({}, answered, begun);
}

// Sends the answer; false when the connection ends with it.
template <class Stream>
net::awaitable<bool> Server::Core::reply(Connection& connection, Stream& stream,
                                         const RequestMessage& message, const http::Response& answer) {
    const bool keep = message.keep_alive() && !stopping;
    const bool head = message.method() == wire::verb::head;
    ResponseMessage out = put_together(answer, message.version(), head, keep);
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
net::awaitable<Answered> Server::Core::ask(const Answer& answer, const http::Request& request) {
    co_return co_await net::co_spawn(
        pool,
        [&]() -> net::awaitable<Answered> {
            try {
                co_return answer(request);
            } catch (const std::exception&) {
                co_return Answered{{500, {}, {}}, {}};
            }
        },
        net::use_awaitable);
}

const Answer* Server::Core::answer_at(const Authority& authority) const {
    if (authority.host.empty()) return nullptr;
    error_code error;
    const bool named = lower(authority.host) == "localhost";
    const net::ip::address ip = net::ip::make_address(named ? "127.0.0.1" : authority.host, error);
    for (const Listener& listener : listeners) {
        const net::ip::address& at = listener.endpoint.address();
        const bool here = !error && (at == ip || (at.is_unspecified() && ip.is_loopback()));
        if (here && listener.endpoint.port() == authority.port) return listener.answer.get();
    }
    return nullptr;
}

void Server::Core::log(const http::Request& request, const Answered& answer, Clock::time_point begun) const {
    if (settings.log)
        settings.log(request, answer,
                     std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun));
}

}  // namespace azid::server
