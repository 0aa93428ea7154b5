#include "cli/server/core.hpp"
#include "cli/server/head_scan.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
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

// A buffer that a large head has made large is given back above this.
constexpr std::size_t usual_buffer = 4096;
constexpr std::size_t first_piece = 4096;  // what an idle connection keeps for its next request

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
net::awaitable<void> read_more(Connection& connection, Channel& channel, std::size_t most,
                               error_code& error) {
    connection.buffer.commit(co_await channel.read_some(connection.buffer.prepare(most), error));
}

// Whether TLS begins here. Throws when the connection ends before its first byte.
net::awaitable<bool> begins_tls(Connection& connection) {
    PlainChannel channel(connection.stream);
    error_code error;
    if (connection.buffer.size() == 0) co_await read_more(connection, channel, first_piece, error);
    if (error) throw boost::system::system_error(error);
    co_return *static_cast<const char*>(connection.buffer.cdata().data()) == tls_handshake;
}

// Gives the parser what has come of the body.
void parse(Connection& connection, RequestParser& parser, error_code& error) {
    while (!error && !parser.is_done() && connection.buffer.size() > 0)
        connection.buffer.consume(parser.put(connection.buffer.data(), error));
    if (error == wire::error::need_more) error = {};
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
    const bool agreed = own != nullptr || (authority.port != 0 && settings.tunnels(lower(authority.host)));
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
        Share share(bytes);
        error_code error;
        if (const int status = co_await read(connection, channel, parser, share, error); status != 0) {
            co_await refuse(connection, channel, status);
            co_return;
        }
        if (error) co_return;
        RequestMessage message = parser.release();
        if (message.method() == wire::verb::connect && tunnel_host.empty()) {
            if (dynamic_cast<PlainChannel*>(&channel) != nullptr)
                co_await tunnel(connection, answer, std::string(message.target()), message.version());
            co_return;
        }
        const Clock::time_point begun = Clock::now();
        const Answer* const own = answer_at(proxied_authority(message));
        http::Request request;
        bool understood = true;
        try {
            request = taken_apart(message, tunnel_host);
        } catch (const std::exception&) {
            understood = false;
        }
        if (!understood) {
            co_await refuse(connection, channel, 400);
            co_return;
        }
        co_await room_for_an_answer();
        Answered answered = co_await ask(own == nullptr ? answer : *own, request);
        // Many who ask for the same long list at once cost its memory once.
        std::shared_ptr<const SharedBody> body;
        if (answered.response.body.size() > piece) {
            const std::string size = std::to_string(answered.response.body.size());
            body = shared(std::exchange(answered.response.body, {}));
            answered.response.headers.try_emplace("Content-Length", size);
        }
        share.become(request.body.size() + answered.response.body.size());
        if (bytes > settings.bytes_at_once && request.method == "GET" && body) {
            // Asked for before there were so many.
            give_up_slowest_reader();
            body.reset();
            answered.response = protocol_refusal(503);
            answered.response.headers["Retry-After"] = "1";
            share.become(request.body.size());
        }
        const bool more = co_await reply(connection, channel, message, answered.response,
                                         body ? body->text : answered.response.body);
        body.reset();
        log(request, answered, begun);
        if (!more) co_return;
    }
}

// Reads one request. With neither a status nor an error there is one.
net::awaitable<int> Server::Core::read(Connection& connection, Channel& channel, RequestParser& parser,
                                       Share& share, error_code& error) {
    connection.waiting = connection.buffer.size() == 0;
    if (connection.waiting && connection.buffer.capacity() > usual_buffer) connection.buffer.shrink_to_fit();
    connection.since = Clock::now();
    if (stopping && connection.waiting) error = net::error::operation_aborted;
    if (connection.waiting && !error) {
        // The first bytes may take their time; the rest of the request may not.
        connection.stream.expires_after(settings.idle_time);
        co_await read_more(connection, channel, first_piece, error);
    }
    if (error) co_return 0;
    connection.waiting = false;
    connection.begin_deadline(settings.message_time);
    int status = co_await read_head(connection, channel, parser, error);
    if (status == 0 && !error) status = co_await read_body(connection, channel, parser, share, error);
    connection.end_deadline();
    co_return status != 0 || !error ? status : status_of(connection, error);
}

net::awaitable<int> Server::Core::read_head(Connection& connection, Channel& channel, RequestParser& parser,
                                            error_code& error) {
    HeadScan scan({settings.line_bytes, settings.header_fields, settings.header_bytes});
    for (;;) {
        const auto come = connection.buffer.cdata();
        const int status = scan.look({static_cast<const char*>(come.data()), come.size()});
        if (status != 0) co_return status;
        if (scan.size() != 0) break;
        co_await read_more(connection, channel, piece, error);
        if (error) co_return 0;
    }
    connection.buffer.consume(scan.begin());
    parser.header_limit(static_cast<std::uint32_t>(settings.header_bytes + 1));
    parser.body_limit(std::max(settings.body_bytes, settings.large_bytes));
    parser.put(net::buffer(connection.buffer.cdata(), scan.size()), error);
    connection.buffer.consume(scan.size());
    if (error) co_return 0;
    co_return parser.is_header_done() ? framing_fault(parser.get()) : 400;
}

net::awaitable<int> Server::Core::read_body(Connection& connection, Channel& channel, RequestParser& parser,
                                            Share& share, error_code& error) {
    const bool large = settings.takes_large && settings.takes_large(host_of(parser.get()));
    const std::size_t limit = large ? settings.large_bytes : settings.body_bytes;
    if (parser.content_length().value_or(0) > limit) co_return 413;
    const bool asks = beast::iequals(parser.get()[wire::field::expect], "100-continue");
    if (asks && !parser.is_done()) co_await channel.write("HTTP/1.1 100 Continue\r\n\r\n", error);
    parser.eager(true);
    for (;;) {
        parse(connection, parser, error);
        const std::size_t size = parser.get().body().size();
        if (size > limit) co_return 413;
        share.become(size);
        if (size > piece && bytes > settings.bytes_at_once) {
            std::string().swap(parser.get().body());  // those of others may go on
            share.become(0);
            co_return 503;
        }
        if (error || parser.is_done()) co_return 0;
        if (connection.buffer.size() > settings.header_bytes) co_return 431;  // a chunk's head, or trailers
        co_await read_more(connection, channel, piece, error);
    }
}

net::awaitable<void> Server::Core::refuse(Connection& connection, Channel& channel, int status) {
    const Clock::time_point begun = Clock::now();
    const Answered answered{protocol_refusal(status), {}};
    error_code ignored;
    const std::string text = head_in_bytes(answered.response, 11, false) + answered.response.body;
    connection.refused = true;
    connection.stream.expires_after(refusal_time);
    co_await channel.write(text, ignored);
    log({}, answered, begun);
}

// Sends the answer; false when the connection ends with it.
net::awaitable<bool> Server::Core::reply(Connection& connection, Channel& channel,
                                         const RequestMessage& message, const http::Response& answer,
                                         const std::string& body) {
    const bool keep = message.keep_alive() && !stopping;
    const bool has_body = message.method() != wire::verb::head && !bodiless(answer.status);
    const bool at_once = has_body && body.size() <= piece;
    std::string first = head_in_bytes(answer, message.version(), keep);
    if (at_once) first += body;
    error_code error;
    connection.stream.expires_after(settings.message_time);
    connection.since = Clock::now();
    connection.sending = true;
    co_await channel.write(first, error);
    if (has_body && !at_once && !error) co_await channel.write(body, error);
    connection.sending = false;
    co_return keep && !error;
}

void Server::Core::log(const http::Request& request, const Answered& answer, Clock::time_point begun) const {
    if (settings.log)
        settings.log(request, answer,
                     std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun));
}

}  // namespace azid::server
