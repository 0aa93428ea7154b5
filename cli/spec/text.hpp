// A text in the tables of commands: a string literal, known by its beginning alone. There are ten thousand of
// them in the program, most of them empty, and a std::string_view takes twice the room; what points into the
// program's own data also costs a little at every start.
#pragma once

#include <fmt/core.h>

#include <compare>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace azid::spec {

class Text {
  public:
    constexpr Text() = default;
    // A literal, or a view of a whole one: it has to end with a NUL.
    constexpr Text(const char* literal) : begin_(literal) {}
    constexpr Text(std::string_view literal) : begin_(literal.empty() ? "" : literal.data()) {}

    // The builtin is one step to a compiler that evaluates it; the library's way is one for each character.
    constexpr std::string_view view() const { return {begin_, __builtin_strlen(begin_)}; }
    constexpr const char* c_str() const { return begin_; }
    constexpr operator std::string_view() const { return view(); }
    constexpr bool empty() const { return *begin_ == '\0'; }
    constexpr char back() const { return view().back(); }
    constexpr std::size_t find(char what, std::size_t from = 0) const { return view().find(what, from); }
    constexpr std::size_t rfind(char what) const { return view().rfind(what); }
    constexpr std::string_view substr(std::size_t from, std::size_t length = std::string_view::npos) const {
        return view().substr(from, length);
    }
    constexpr char front() const { return *begin_; }  // NUL of an empty one
    constexpr bool starts_with(char start) const { return front() == start; }
    // Without looking further than the start is long: names are compared with many.
    constexpr bool starts_with(std::string_view start) const {
        for (std::size_t i = 0; i < start.size(); ++i)
            if (begin_[i] != start[i] || begin_[i] == '\0') return false;
        return true;
    }
    template <class End>
    constexpr bool ends_with(End end) const {
        return view().ends_with(end);
    }

    // Nor does it take a text's length to see whether it is another.
    friend constexpr bool operator==(const Text& one, std::string_view other) {
        return one.starts_with(other) && one.begin_[other.size()] == '\0';
    }
    friend constexpr bool operator==(const Text& one, const std::same_as<Text> auto& other) {
        std::size_t i = 0;
        while (one.begin_[i] == other.begin_[i] && one.begin_[i] != '\0') ++i;
        return one.begin_[i] == other.begin_[i];
    }
    friend constexpr auto operator<=>(const Text& one, std::string_view other) {
        return one.view() <=> other;
    }

  private:
    const char* begin_ = "";
};

}  // namespace azid::spec

template <>
struct fmt::formatter<azid::spec::Text> : fmt::formatter<std::string_view> {
    template <class Context>
    auto format(const azid::spec::Text& text, Context& context) const {
        return fmt::formatter<std::string_view>::format(text.view(), context);
    }
};
