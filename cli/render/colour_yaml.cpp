// pygments' YamlLexer, as far as block style YAML reaches it: no comments, tags, anchors, block scalars or
// filled flow collections. The indentation that it keeps decides where a plain scalar ends.
#include "cli/render/colour.hpp"
#include "cli/render/unicode.hpp"
#include "cli/render/writers.hpp"

#include <algorithm>
#include <vector>

namespace azid::render {

namespace {

class Painter {
  public:
    explicit Painter(std::u32string_view text) : text_(text) {}

    std::string painted() {
        while (at_ < text_.size()) line();
        return std::move(out_);
    }

  private:
    static constexpr size_t none = std::u32string_view::npos;

    char32_t peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n'; }
    bool is_line_end() const { return peek() == '\n'; }
    bool is_line_start() const { return at_ == 0 || text_[at_ - 1] == '\n'; }
    size_t blanks() const {
        const size_t end = text_.find_first_not_of(U' ', at_);
        return (end == none ? text_.size() : end) - at_;
    }
    bool ends_word(char32_t point) const { return point == ' ' || point == '\n'; }

    void token(std::string_view colour, size_t length) {
        if (length == 0) return;
        colour::paint(out_, colour, encode(text_.substr(at_, length)));
        at_ += length;
    }
    void newlines() {
        const size_t end = text_.find_first_not_of(U'\n', at_);
        token(colour::blank, (end == none ? text_.size() : end) - at_);
    }
    void error() { token(colour::error, 1); }

    // A line outside of any scalar.
    void line() {
        if (is_line_end()) return newlines();
        if (peek(blanks()) == '\n') return token(colour::blank, blanks());
        const std::u32string_view rest = text_.substr(at_);
        if (is_line_start() && rest.starts_with(U"...") && ends_word(peek(3))) {
            token(colour::document, 3);
        } else if (is_space(peek(blanks()))) {
            return error();
        } else {
            begin_indentation();
            indicators();
        }
        content();
    }

    void begin_indentation() {
        const size_t length = blanks();
        next_indent_ = static_cast<long>(length);
        const bool was_deeper = next_indent_ < indent_;
        while (next_indent_ < indent_) {
            indent_ = outer_.back();
            outer_.pop_back();
        }
        // Deeper than the collection left over: two tokens.
        const size_t known = static_cast<size_t>(std::clamp(indent_, 0L, next_indent_));
        if (was_deeper) token(colour::blank, known);
        token(colour::blank, was_deeper ? length - known : length);
    }

    void open_indent() {
        if (indent_ >= next_indent_) return;
        outer_.push_back(indent_);
        indent_ = next_indent_;
    }

    // "-", "?" and ":" before what they introduce.
    void indicators() {
        for (;;) {
            const size_t length = blanks();
            const char32_t point = peek(length);
            if (point == '\n') return;
            next_indent_ += static_cast<long>(length);
            token(colour::blank, length);
            if ((point != '-' && point != '?' && point != ':') || !ends_word(peek(1))) return;
            open_indent();
            ++next_indent_;
            token(colour::none, 1);
        }
    }

    // Keys and values up to the end of the line, or of the scalar that goes on over more lines.
    void content() {
        while (at_ < text_.size()) {
            const size_t length = blanks();
            token(colour::blank, length);
            if (is_line_end()) return;
            if (const size_t key = key_length()) {
                token(colour::key, key);
                open_indent();
                token(colour::none, 1);
            } else if (peek() == ':' && ends_word(peek(1))) {
                open_indent();
                token(colour::none, 1);
            } else if (peek() == '\'' || peek() == '"') {
                quoted(peek());
            } else if (const char32_t point = peek();
                       point == '[' || point == ']' || point == '{' || point == '}') {
                token(colour::none, 1);
            } else if (begins_plain()) {
                if (!plain()) return;
            } else {
                error();
            }
        }
    }

    // The length of a key without its colon; 0 when the line does not go on with one. The last colon counts.
    size_t key_length() {
        if (at_ >= key_known_until_) {
            size_t end = at_;
            last_colon_ = none;
            while (end < text_.size() && std::u32string_view(U"#,?[]{}\"'\n").find(text_[end]) == none) {
                const char32_t next = end + 1 < text_.size() ? text_[end + 1] : U'\n';
                if (text_[end] == ':' && ends_word(next)) last_colon_ = end;
                ++end;
            }
            key_known_until_ = end;
        }
        return last_colon_ != none && last_colon_ > at_ && at_ < key_known_until_ ? last_colon_ - at_ : 0;
    }

    bool begins_plain() const {
        const char32_t point = peek();
        if (point == '?' || point == ':' || point == '-') return !is_space(peek(1));
        return !is_space(point) && std::u32string_view(U",#&*!|>'\"%@`").find(point) == none;
    }

    // False when the scalar ended with its line.
    bool plain() {
        for (;;) {
            const size_t length = blanks();
            if (peek(length) == ':' && ends_word(peek(length + 1))) {
                token(colour::blank, length);
                return true;
            }
            if (length > 0) {
                token(peek(length) == '\n' ? colour::blank : colour::none, length);
            } else if (is_line_end()) {
                newlines();
                if (!continues()) return false;
            } else if (const size_t word = plain_word()) {
                token(colour::none, word);
            } else {
                error();
            }
        }
    }

    size_t plain_word() const {
        size_t length = 0;
        while (at_ + length < text_.size()) {
            const char32_t point = peek(length);
            if (is_space(point) ||
                (point == ':' && at_ + length + 1 < text_.size() && is_space(peek(length + 1))))
                break;
            ++length;
        }
        return length;
    }

    // After a line break in a plain scalar: goes on where the next line is deeper than the collection it
    // stands in.
    bool continues() {
        const std::u32string_view rest = text_.substr(at_);
        if (rest.empty() || rest.starts_with(U"---") || rest.starts_with(U"...")) return false;
        const size_t length = blanks();
        if (static_cast<long>(length) <= indent_) return false;
        token(colour::blank, length);
        return true;
    }

    void quoted(char32_t quote) {
        token(colour::string, 1);
        while (at_ < text_.size()) {
            if (const size_t length = blanks()) {
                const bool is_layout = is_line_start() || peek(length) == '\n';
                token(is_layout ? colour::blank : colour::variable, length);
            } else if (is_line_end()) {
                newlines();
            } else if (peek() == quote && !(quote == '\'' && peek(1) == quote)) {
                return token(colour::string, 1);
            } else if (peek() == quote) {
                token(colour::string, 2);
            } else if (peek() == '\\' && quote == '"') {
                token(colour::string, escape_length());
            } else if (const size_t word = quoted_word(quote)) {
                token(colour::string, word);
            } else {
                error();
            }
        }
    }

    size_t escape_length() const {
        switch (peek(1)) {
            case 'x':
                return 4;
            case 'u':
                return 6;
            case 'U':
                return 10;
            default:
                return 2;
        }
    }

    size_t quoted_word(char32_t quote) const {
        size_t length = 0;
        while (at_ + length < text_.size()) {
            const char32_t point = peek(length);
            if (is_space(point) || point == quote || (quote == '"' && point == '\\')) break;
            ++length;
        }
        return length;
    }

    std::u32string_view text_;
    std::string out_;
    size_t at_ = 0;
    long indent_ = -1;
    long next_indent_ = 0;
    std::vector<long> outer_;
    size_t key_known_until_ = 0;
    size_t last_colon_ = none;
};

}  // namespace

std::string colour_yaml(std::string_view text) { return Painter(decode(text)).painted(); }

}  // namespace azid::render
