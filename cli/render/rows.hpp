// The items of a list that is printed as JSON one by one, so that it never has to be in memory whole.
// Together they give the bytes that render() gives for the array.
#pragma once

#include <string>
#include <string_view>

namespace azid::render {

// What stands before an item: the list's bracket or a comma. And the end of the list.
std::string_view before_row(bool first);
std::string_view after_rows(bool none);

// An item of texts alone, for lists of a million. Members are to be given in the order of their keys, which
// are plain words.
class TextRow {
  public:
    explicit TextRow(std::string& out) : out_(out), begin_(out.size()) { out_ += '{'; }
    void member(std::string_view key, std::string_view text);
    // Null where the text is empty.
    void member_or_null(std::string_view key, std::string_view text);
    void end();

  private:
    void begin_member(std::string_view key);

    std::string& out_;
    std::size_t begin_;
    bool is_empty_ = true;
};

}  // namespace azid::render
