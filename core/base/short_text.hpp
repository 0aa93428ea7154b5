// A text of a table of constants, kept in the table itself. With a std::string_view the table has an address
// for each text, which the loader fills in whenever the program starts, and for that copies the memory it
// stands in (docs/benchmarks.md): not worth a thought for ten texts, but for hundreds.
#pragma once

#include <cstddef>
#include <string_view>

namespace azid {

template <std::size_t room>
class ShortText {
  public:
    constexpr ShortText() = default;
    // A longer one does not compile.
    consteval ShortText(std::string_view text) {
        for (const char c : text) text_[size_++] = c;
    }
    consteval ShortText(const char* text) : ShortText(std::string_view(text)) {}

    constexpr std::string_view view() const { return {text_, size_}; }
    constexpr operator std::string_view() const { return view(); }
    constexpr bool empty() const { return size_ == 0; }

    friend constexpr bool operator==(const ShortText& one, std::string_view other) {
        return one.view() == other;
    }

  private:
    char text_[room] = {};
    unsigned char size_ = 0;
    static_assert(room < 256);
};

}  // namespace azid
