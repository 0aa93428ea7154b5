// A client that sends bytes as they are, for what no proper client would send.
#pragma once

#include <string>
#include <string_view>

namespace azid::test {

class RawClient {
  public:
    // Connects to 127.0.0.1. Reading gives up after a few seconds.
    explicit RawClient(unsigned short port);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    void send(std::string_view bytes) const;
    // What comes until it contains the text; all that came when the other end closed before.
    std::string read_until(std::string_view text);
    // What comes until the other end closes.
    std::string rest();

  private:
    bool more();

    int socket_;
    std::string unread_;
};

// Sends the bytes on a connection of their own and gives the status of the answer; 0 for none.
int status_of(unsigned short port, std::string_view bytes);

}  // namespace azid::test
