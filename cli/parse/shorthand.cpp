#include "cli/parse/shorthand.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cctype>

namespace azid::parse {
namespace {

bool is_blank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

// Reads one value from the front, keeping the place for error messages.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    Json whole() {
        if (text_.empty()) fail(0, 1, "Cannot parse empty");
        Json value = read();
        if (at_ != text_.size()) fail(at_, text_.size() - at_, "Redundant tail");
        return value;
    }

    // 'words', in which '/ stands for a quote.
    std::string quoted() {
        std::string read;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] != '\'') {
                read += text_[at_];
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '/') {
                read += '\'';
                ++at_;
            } else {
                ++at_;
                return read;
            }
        }
        fail(at_, 1, "Miss end quota character: '");
    }

    std::size_t at() const { return at_; }

    [[noreturn]] void fail(std::size_t at, std::size_t length, std::string_view what) const {
        throw ShorthandError(text_, at, length, what);
    }

  private:
    bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }

    Json read() {
        if (++depth_ > 100) fail(at_, 1, "Nested too deeply");
        Json value = next_is('{') ? object() : next_is('[') ? list() : word();
        --depth_;
        return value;
    }

    // Past the comma or to the closing bracket; true at the end.
    bool at_end(char closing) {
        if (next_is(','))
            ++at_;
        else if (!next_is(closing))
            fail(at_, 1, fmt::format("Expect character ',' or '{}'", closing));
        return next_is(closing);
    }

    void close(char closing) {
        if (!next_is(closing)) fail(at_, 1, fmt::format("Expect character '{}'", closing));
        ++at_;
    }

    Json list() {
        Json values = Json::array();
        ++at_;
        if (!next_is(']'))
            while (at_ < text_.size()) {
                values.push_back(read());
                if (at_end(']')) break;
            }
        close(']');
        return values;
    }

    Json object() {
        Json values = Json::object();
        ++at_;
        if (!next_is('}'))
            while (at_ < text_.size()) {
                read_member(values);
                if (at_end('}')) break;
            }
        close('}');
        return values;
    }

    void read_member(Json& values) {
        const std::size_t begin = at_;
        const Json key = word();
        const std::string name = key.is_string() ? key.get<std::string>() : "null";
        for (const auto& [quote, called] : {std::pair{'"', "double"}, std::pair{'\'', "single"}})
            if (name.find(quote) != std::string::npos)
                fail(begin, at_ - begin,
                     fmt::format("Dict key should not contain {} quotes '{}'", called, name));
        if (values.contains(name))
            fail(begin, at_ - begin, fmt::format("Duplicate defined dict key '{}'", name));
        if (next_is(':')) {
            if (++at_ >= text_.size()) fail(at_, 1, "Cannot parse empty");
            values[name] = read();
        } else if (next_is(',') || next_is('}')) {
            values[name] = nullptr;
        } else {
            fail(at_, 1, "Expect characters ':' or ','");
        }
    }

    Json word() {
        if (next_is('\'')) return quoted();
        const std::size_t begin = at_;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == ',' || c == ':' || c == ']' || c == '}') break;
            if (is_blank(c)) fail(at_, 1, "Please wrap whitespace character in single quotes");
            if (c == '"' || c == '\'')
                fail(at_, 1, fmt::format("Please wrap {} character in single quotes", c));
        }
        if (at_ == begin) fail(at_, 1, "Cannot parse empty");
        const std::string_view read = text_.substr(begin, at_ - begin);
        return read == "null" ? Json(nullptr) : Json(read);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
};

bool is_name_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

// "[0]" or "[-1]" at the front; its length, 0 where there is none.
std::size_t index_at(std::string_view text) {
    if (!text.starts_with('[')) return 0;
    std::size_t end = 1;
    if (end < text.size() && text[end] == '-') ++end;
    const std::size_t digits = end;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0) ++end;
    return end > digits && end < text.size() && text[end] == ']' ? end + 1 : 0;
}

// A name, perhaps in quotes, at the front: what is read, and its length; 0 where there is none.
std::size_t name_at(std::string_view text, std::string& name) {
    if (text.starts_with('\'')) {
        Reader reader(text);
        try {
            name = reader.quoted();
            return reader.at();
        } catch (const ShorthandError&) {
            return 0;
        }
    }
    std::size_t end = 0;
    while (end < text.size() && is_name_character(text[end])) ++end;
    name = text.substr(0, end);
    return end;
}

}  // namespace

ShorthandError::ShorthandError(std::string_view text, std::size_t at, std::size_t length,
                               std::string_view what)
    : message_(fmt::format("Shorthand Syntax Error: {}:\n\t{}\n\t{}{}", what, text.substr(0, at + length),
                           std::string(at, ' '), std::string(length, '^'))) {}

Json shorthand_value(std::string_view text) { return Reader(text).whole(); }

Json shorthand_word(std::string_view text) {
    if (text == "null") return nullptr;
    if (!text.starts_with('\'')) return text;
    Reader reader(text);
    std::string word = reader.quoted();
    if (reader.at() != text.size())
        reader.fail(reader.at(), text.size() - reader.at(), "Redundant tail for quota expression");
    return word;
}

PartialValue partial_value(const std::string& text) {
    PartialValue partial;
    std::string_view rest = text;
    for (bool first = true;; first = false) {
        std::string name;
        const std::size_t index_only = first ? index_at(rest) : 0;
        if (index_only == 0) {
            const std::size_t length = name_at(rest, name);
            if (length == 0) return {{}, text};
            partial.steps.push_back(name);
            rest.remove_prefix(length);
        }
        if (const std::size_t length = index_at(rest); length != 0) {
            partial.steps.emplace_back(rest.substr(0, length));
            rest.remove_prefix(length);
        }
        if (rest.starts_with('=')) break;
        if (!rest.starts_with('.')) return {{}, text};
        rest.remove_prefix(1);
    }
    partial.value = rest.substr(1);
    return partial;
}

}  // namespace azid::parse
