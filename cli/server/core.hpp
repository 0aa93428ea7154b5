// What the server consists of. For its own sources only.
#pragma once

#include "cli/server/channel.hpp"
#include "cli/server/messages.hpp"
#include "cli/server/server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace azid::server {

namespace net = boost::asio;
using boost::system::error_code;
using net::ip::tcp;

// As a completion token: gives the error instead of throwing it.
inline auto into(error_code& error) { return net::redirect_error(net::use_awaitable, error); }

using RequestParser = boost::beast::http::request_parser<boost::beast::http::string_body>;

// One accepted connection, as long as its coroutine runs.
struct Connection : std::enable_shared_from_this<Connection> {
    Connection(net::io_context& io, tcp::socket socket, std::size_t buffer_bytes)
        : stream(std::move(socket)), buffer(buffer_bytes), timer(io) {}

    // From now on reading is broken off when the time is over, and late is set; the connection stays open for
    // the refusal. Until end_deadline().
    void begin_deadline(std::chrono::milliseconds time);
    void end_deadline();

    boost::beast::tcp_stream stream;
    boost::beast::flat_buffer buffer;
    net::steady_timer timer;
    unsigned turn = 0;     // of the deadline: one that has been ended does nothing
    bool waiting = true;   // for a next request: nothing is in flight
    bool sending = false;  // an answer, which its client may be slow to read
    std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();  // when that began
    bool late = false;     // the deadline has passed
    bool refused = false;  // the client may still be sending what nobody reads
};

// What one request and its answer take of Settings::bytes_at_once, until it is over.
class Share {
  public:
    explicit Share(std::size_t& all) : all_(all) {}
    ~Share() { all_ -= mine_; }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    void become(std::size_t bytes) {
        all_ += bytes - mine_;
        mine_ = bytes;
    }

  private:
    std::size_t& all_;
    std::size_t mine_ = 0;
};

// An answer's body that several clients may be being sent.
struct SharedBody {
    SharedBody(std::string whole, std::size_t& all) : text(std::move(whole)), share(all) {
        share.become(text.size());
    }

    std::string text;
    Share share;
};

struct Listener {
    std::shared_ptr<tcp::acceptor> acceptor;
    std::shared_ptr<const Answer> answer;
    tcp::endpoint endpoint;
};

// A request that is worked out together with others.
struct OneOfMany {
    const Answer* answer = nullptr;
    const http::Request* request = nullptr;
    std::optional<Answered> answered = {};
    std::function<void()> go_on = {};  // on the thread of run(), once it is worked out
};

struct Server::Core {
    explicit Core(Settings with);

    // server.cpp
    net::awaitable<void> accept(Listener listener);
    net::awaitable<void> repeat(std::chrono::milliseconds interval, std::function<void()> function);
    net::awaitable<void> watch(std::shared_ptr<net::signal_set> signal, std::function<void()> function);
    net::awaitable<void> finish();
    // Ends the connection that has been idle for longest, where one is.
    void make_room();
    void stop_now();

    // connection.cpp
    net::awaitable<void> serve(std::shared_ptr<Connection> connection, std::shared_ptr<const Answer> answer);
    net::awaitable<void> speak(Connection& connection, const Answer& answer, const std::string& tunnel);
    net::awaitable<void> tunnel(Connection& connection, const Answer& answer, std::string target,
                                unsigned version);
    net::awaitable<void> drain(Connection& connection);
    net::awaitable<void> converse(Connection& connection, Channel& channel, const Answer& answer,
                                  const std::string& tunnel_host);
    // The status of the refusal; 0 where there is none: nothing went wrong, or the connection did.
    net::awaitable<int> read(Connection& connection, Channel& channel, RequestParser& parser, Share& share,
                             error_code& error);
    net::awaitable<int> read_head(Connection& connection, Channel& channel, RequestParser& parser,
                                  error_code& error);
    net::awaitable<int> read_body(Connection& connection, Channel& channel, RequestParser& parser,
                                  Share& share, error_code& error);
    net::awaitable<void> refuse(Connection& connection, Channel& channel, int status);
    net::awaitable<bool> reply(Connection& connection, Channel& channel, const RequestMessage& message,
                               const http::Response& answer, const std::string& body);
    void log(const http::Request& request, const Answered& answer,
             std::chrono::steady_clock::time_point begun) const;

    // answering.cpp
    // The text as all answers share it that are being sent and have the same.
    std::shared_ptr<const SharedBody> shared(std::string text);
    net::awaitable<void> room_for_an_answer();
    void give_up_slowest_reader();
    net::awaitable<Answered> ask(const Answer& answer, const http::Request& request);
    net::awaitable<Answered> ask_on(net::thread_pool& threads, std::function<Answered()> function);
    // Empty where it is to be worked out by itself.
    net::awaitable<std::optional<Answered>> ask_together(const Answer& answer, const http::Request& request);
    OneOfMany* one_more(const std::vector<OneOfMany*>& some);
    void work_together();
    net::awaitable<Answered> ask_patiently(std::function<Answered()> later);
    // The answer of the listener that has this address, else null: a proxy's client may ask for one.
    const Answer* answer_at(const Authority& authority) const;

    Settings settings;
    net::io_context io{1};
    net::ssl::context tls;
    net::thread_pool pool;
    std::optional<net::thread_pool> patient;  // made when it is first needed
    unsigned patient_requests = 0;
    std::optional<net::thread_pool> together;  // one thread, made when it is first needed
    std::mutex together_mutex;                 // of many and is_working_together
    std::deque<OneOfMany*> many;
    bool is_working_together = false;
    std::size_t bytes = 0;  // see Settings::bytes_at_once
    std::unordered_multimap<std::size_t, std::weak_ptr<const SharedBody>> bodies;  // long ones, by hash
    std::set<Connection*> connections;
    std::vector<Listener> listeners;
    std::vector<std::shared_ptr<net::steady_timer>> timers;
    bool stopping = false;
};

}  // namespace azid::server
