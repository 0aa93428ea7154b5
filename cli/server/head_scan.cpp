#include "cli/server/head_scan.hpp"

namespace azid::server {

int HeadScan::end_line() {
    const bool is_empty = at_ - line_begin_ == 1;
    line_begin_ = at_ + 1;
    if (!is_empty)
        ++lines_;
    else if (lines_ == 0)
        begin_ = line_begin_;
    else
        size_ = line_begin_ - begin_;
    return lines_ > limits_.fields + 1 ? 431 : 0;
}

int HeadScan::take(char c) {
    constexpr int malformed = 400;
    if ((last_ == '\r') != (c == '\n') || c == '\0') return malformed;
    const bool begins_line = at_ == line_begin_;
    if (begins_line && (c == ' ' || c == '\t')) return malformed;
    if (c == '\n') return end_line();
    if (lines_ == 0 && at_ - line_begin_ >= limits_.line) return 414;
    return at_ >= limits_.bytes ? 431 : 0;
}

int HeadScan::look(std::string_view text) {
    for (; at_ < text.size() && size_ == 0; ++at_) {
        if (const int status = take(text[at_]); status != 0) return status;
        last_ = text[at_];
    }
    return 0;
}

}  // namespace azid::server
