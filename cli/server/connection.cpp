#include "cli/server/core.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>

#include <array>
#include <utility>

namespace azid::server {

namespace {

namespace beast = boost::beast;
namespace wire = boost::beast::http;
using Clock = std::chrono::steady_clock;

// How long what a refused client is still sending is read and thrown away: were the socket closed before,
// the refusal would be lost with it.
constexpr std::chrono::seconds drain_time{1};
constexpr std::chrono::seconds refusal_time{5};
constexpr std::size_t piece = 16384;  // how much is read, or sent with the headers, at once
constexpr char tls_handshake = 0x16;  // the first byte of a TLS connection, and of no HTTP request

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

// Reads some more into the connection's buffer, at least a byte where there is no error.
net::awaitable<void> read_more(Connection& connection, Channel& channel, error_code& error) {
    connection.buffer.commit(co_await channel.read_some(connection.buffer.prepare(piece), error));
}

// Whether TLS begins here. Throws when the connection ends before its first byte.
net::awaitable<bool> begins_tls(Connection& connection) {
    PlainChannel channel(connection.stream);
    error_code error;
    if (connection.buffer.size() == 0) co_await read_more(connection, channel, error);
    if (error) throw boost::system::system_error(error);
    co_return *static_cast<const char*>(connection.buffer.cdata().data()) == tls_handshake;
}

// Gives the parser what comes until it has the header, or all of the message.
net::awaitable<void> parse(Connection& connection, Channel& channel, RequestParser& parser, bool all,
                           error_code& error) {
    parser.eager(all);
    const auto complete = [&] { return all ? parser.is_done() : parser.is_header_done(); };
    while (!error && !complete()) {
        if (connection.buffer.size() > 0)
            connection.buffer.consume(parser.put(connection.buffer.data(), error));
        if (error == wire::error::need_more)
            error = {};
        else if (connection.buffer.size() > 0)
            continue;
        if (!error && !complete()) co_await read_more(connection, channel, error);
    }
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
        co_await speak(*connection, *answer, "");
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

net::awaitable<void> Server::Core::speak(Connection& connection, const Answer& answer,
                                         const std::string& tunnel) {
    connection.stream.expires_after(settings.idle_time);
    if (co_await begins_tls(connection)) {
        TlsChannel channel(connection.stream, tls);
        error_code error;
        connection.stream.expires_after(settings.message_time);
        co_await channel.open(connection.buffer, error);
        if (error) co_return;
        co_await converse(connection, channel, answer, tunnel);
        connection.stream.expires_after(drain_time);
        if (!connection.refused) co_await channel.close(error);
    } else {
        PlainChannel channel(connection.stream);
        co_await converse(connection, channel, answer, tunnel);
    }
}

// "CONNECT host:443": the client believes to speak to that host from here on, and does.
net::awaitable<void> Server::Core::tunnel(Connection& connection, const Answer& answer, std::string target,
                                          unsigned version) {
    const Clock::time_point begun = Clock::now();
    const Authority authority = authority_of(target);
    const Answer* const own = answer_at(authority);
    const bool agreed = own != nullptr || settings.tunnels(lower(authority.host));
    const http::Response answer_to_it{agreed ? 200 : 403, {}, {}};
    PlainChannel channel(connection.stream);
    error_code error;
    co_await channel.write(head_in_bytes(answer_to_it, version, agreed), error);
    if (!agreed) {
        http::Request request;
        request.method = "CONNECT";
        request.host = authority.host;
        log(request, {{403, {}, {}}, {}}, begun);
        co_return;
    }
    connection.waiting = true;
    co_await speak(connection, own == nullptr ? answer : *own, authority.host);
}

net::awaitable<void> Server::Core::converse(Connection& connection, Channel& channel, const Answer& answer,
                                            const std::string& tunnel_host) {
    for (;;) {
        RequestParser parser;
        if (!co_await read(connection, channel, parser)) co_return;
        const RequestMessage message = parser.release();
        if (message.method() == wire::verb::connect && tunnel_host.empty()) {
            if (dynamic_cast<PlainChannel*>(&channel) != nullptr)
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
        const bool more = co_await reply(connection, channel, message, answered.response);
        log(request, answered, begun);
        if (!more) co_return;
    }
}

// Reads one request; false when there is none any more, or it was refused.
net::awaitable<bool> Server::Core::read(Connection& connection, Channel& channel, RequestParser& parser) {
    error_code error;
    parser.header_limit(static_cast<std::uint32_t>(settings.header_bytes));
    parser.body_limit(settings.body_bytes);
    connection.waiting = connection.buffer.size() == 0;
    if (stopping && connection.waiting) co_return false;
    if (connection.waiting) {
        // The first bytes may take their time; the rest of the request may not.
        connection.stream.expires_after(settings.idle_time);
        co_await read_more(connection, channel, error);
        if (error) co_return false;
    }
    connection.waiting = false;
    connection.begin_deadline(settings.message_time);
    co_await parse(connection, channel, parser, false, error);
    const beast::string_view expected = error ? beast::string_view() : parser.get()[wire::field::expect];
    if (beast::iequals(expected, "100-continue") && !parser.is_done()) {
        co_await channel.write("HTTP/1.1 100 Continue\r\n\r\n", error);
    }
    if (!error) co_await parse(connection, channel, parser, true, error);
    connection.end_deadline();
    if (!error) co_return true;
    co_await refuse(connection, channel, error);
    co_return false;
}

net::awaitable<void> Server::Core::refuse(Connection& connection, Channel& channel, const error_code& error) {
    const int status = status_of(connection, error);
    if (status == 0) co_return;
    const Clock::time_point begun = Clock::now();
    const Answered answered{protocol_refusal(status), {}};
    error_code ignored;
    const std::string bytes = head_in_bytes(answered.response, 11, false) + answered.response.body;
    connection.refused = true;
    connection.stream.expires_after(refusal_time);
    co_await channel.write(bytes, ignored);
    log({}, answered, begun);
}

// Sends the answer; false when the connection ends with it.
net::awaitable<bool> Server::Core::reply(Connection& connection, Channel& channel,
                                         const RequestMessage& message, const http::Response& answer) {
    const bool keep = message.keep_alive() && !stopping;
    const bool body = message.method() != wire::verb::head && !bodiless(answer.status);
    const bool together = body && answer.body.size() <= piece;
    std::string first = head_in_bytes(answer, message.version(), keep);
    if (together) first += answer.body;
    error_code error;
    connection.stream.expires_after(settings.message_time);
    co_await channel.write(first, error);
    if (body && !together && !error) co_await channel.write(answer.body, error);
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
