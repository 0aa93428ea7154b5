// The items of a list that is printed as JSON one by one, so that it never has to be in memory whole.
// Together they give the bytes that render() gives for the array.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::render {

// What stands before an item: the list's bracket or a comma. And the end of the list.
std::string_view before_row(bool first);
std::string_view after_rows(bool none);

// An item of texts, and of lists of texts or of such items, for long lists. Members are to be given in the
// order of their keys, which are plain words.
class TextRow {
  public:
    explicit TextRow(std::string& out) : TextRow(out, 1) {}
    void member(std::string_view key, std::string_view text);
    // Null where the text is empty.
    void member_or_null(std::string_view key, std::string_view text);
    void texts(std::string_view key, const std::vector<std::string>& texts);
    // So many items, each of which fill gives its members, told which it is.
    void rows(std::string_view key, std::size_t count,
              const std::function<void(TextRow& row, std::size_t which)>& fill);
    void end();

  private:
    TextRow(std::string& out, std::size_t depth) : out_(out), begin_(out.size()), depth_(depth) {
        out_ += '{';
    }

    void begin_member(std::string_view key);
    void new_line(std::size_t depth);
    // The list that one member is: its items, each written by write.
    void list(std::string_view key, std::size_t count, const std::function<void(std::size_t which)>& write);
    void close();

    std::string& out_;
    std::size_t begin_;
    std::size_t depth_;  // how far its lines are indented, in twos
    bool is_empty_ = true;
};

}  // namespace azid::render
