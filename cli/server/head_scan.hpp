// Where the head of a request ends, and whether all who read it would say so: RFC 9112 leaves a reader room
// that this server does not take. Knows bytes only.
#pragma once

#include <cstddef>
#include <string_view>

namespace azid::server {

struct HeadLimits {
    std::size_t line;    // of the first line
    std::size_t fields;  // how many
    std::size_t bytes;   // of it all
};

class HeadScan {
  public:
    explicit HeadScan(const HeadLimits& limits) : limits_(limits) {}

    // Looks at all that has come of the message, going on where the last call ended. Gives the status of the
    // refusal: 400 for a line that does not end with CRLF, that goes on in the next one or holds a NUL (RFC
    // 9112, 2.2 and 5.2), 414 and 431 beyond the limits; 0 while nothing is wrong.
    int look(std::string_view text);
    // Empty lines before the head (RFC 9112, 2.2), and how long it is with the one at its end; 0 while it has
    // not come whole.
    std::size_t begin() const { return begin_; }
    std::size_t size() const { return size_; }

  private:
    int take(char c);
    int end_line();

    HeadLimits limits_;
    std::size_t at_ = 0;
    std::size_t begin_ = 0;
    std::size_t line_begin_ = 0;
    std::size_t lines_ = 0;
    std::size_t size_ = 0;
    char last_ = 0;
};

}  // namespace azid::server
