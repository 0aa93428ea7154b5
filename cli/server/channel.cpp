#include "cli/server/channel.hpp"

#include "cli/server/core.hpp"

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

namespace azid::server {

struct TlsChannel::Stream {
    net::ssl::stream<boost::beast::tcp_stream&> tls;
};

net::awaitable<std::size_t> PlainChannel::read_some(net::mutable_buffer memory, error_code& error) {
    co_return co_await stream_.async_read_some(memory, into(error));
}

net::awaitable<void> PlainChannel::write(std::string_view bytes, error_code& error) {
    co_await net::async_write(stream_, net::const_buffer(bytes.data(), bytes.size()), into(error));
}

TlsChannel::TlsChannel(boost::beast::tcp_stream& stream, net::ssl::context& context)
    : stream_(std::make_unique<Stream>(Stream{{stream, context}})) {}

TlsChannel::~TlsChannel() = default;

net::awaitable<void> TlsChannel::open(boost::beast::flat_buffer& come, error_code& error) {
    const net::const_buffer first = come.data();
    come.consume(co_await stream_->tls.async_handshake(net::ssl::stream_base::server, first, into(error)));
}

net::awaitable<void> TlsChannel::close(error_code& error) {
    co_await stream_->tls.async_shutdown(into(error));
}

net::awaitable<std::size_t> TlsChannel::read_some(net::mutable_buffer memory, error_code& error) {
    co_return co_await stream_->tls.async_read_some(memory, into(error));
}

net::awaitable<void> TlsChannel::write(std::string_view bytes, error_code& error) {
    co_await net::async_write(stream_->tls, net::const_buffer(bytes.data(), bytes.size()), into(error));
}

}  // namespace azid::server
