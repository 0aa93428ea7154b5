// The bytes between the server and one client, plain or under TLS, behind one interface: what reads and
// writes HTTP is compiled once. For the server's own sources.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <memory>
#include <string_view>

namespace azid::server {

class Channel {
  public:
    Channel() = default;
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    virtual ~Channel() = default;

    // Puts what has come, at least a byte, into the memory and gives its length. 0 and an error where nothing
    // more comes.
    virtual boost::asio::awaitable<std::size_t> read_some(boost::asio::mutable_buffer memory,
                                                          boost::system::error_code& error) = 0;
    // Sends all of it.
    virtual boost::asio::awaitable<void> write(std::string_view bytes, boost::system::error_code& error) = 0;
};

class PlainChannel : public Channel {
  public:
    explicit PlainChannel(boost::beast::tcp_stream& stream) : stream_(stream) {}

    boost::asio::awaitable<std::size_t> read_some(boost::asio::mutable_buffer memory,
                                                  boost::system::error_code& error) override;
    boost::asio::awaitable<void> write(std::string_view bytes, boost::system::error_code& error) override;

  private:
    boost::beast::tcp_stream& stream_;
};

class TlsChannel : public Channel {
  public:
    TlsChannel(boost::beast::tcp_stream& stream, boost::asio::ssl::context& context);
    ~TlsChannel() override;

    // Shakes hands; what has come of it already is taken from `come`.
    boost::asio::awaitable<void> open(boost::beast::flat_buffer& come, boost::system::error_code& error);
    // Says that nothing more will be sent, and waits for the other end to agree.
    boost::asio::awaitable<void> close(boost::system::error_code& error);

    boost::asio::awaitable<std::size_t> read_some(boost::asio::mutable_buffer memory,
                                                  boost::system::error_code& error) override;
    boost::asio::awaitable<void> write(std::string_view bytes, boost::system::error_code& error) override;

  private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
};

}  // namespace azid::server
