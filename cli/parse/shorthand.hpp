// The shorthand syntax of az's newer commands: "[a,b]", "{a:b,c:[d]}", "key.part[0]=value", 'quoted words'.
#pragma once

#include "core/base/json.hpp"

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace azid::parse {

// A text that is none of the syntax, with az's words and a mark below the place.
class ShorthandError : public std::exception {
  public:
    ShorthandError(std::string_view text, std::size_t at, std::size_t length, std::string_view what);
    const char* what() const noexcept override { return message_.c_str(); }

  private:
    std::string message_;
};

// The value of a text that may be a list, an object or a word. Throws ShorthandError.
Json shorthand_value(std::string_view text);

// The value of a text that is a word: as it stands, without its quotes, or null. Throws ShorthandError.
Json shorthand_word(std::string_view text);

// "a.b[0]=value" taken apart: the steps to what is set, as "a", "b" and "[0]". No step where the whole is
// meant.
struct PartialValue {
    std::vector<std::string> steps;
    std::string value;
};
PartialValue partial_value(const std::string& text);

}  // namespace azid::parse
