#include "core/arm/templates/reader.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cctype>

namespace azid::arm::templates {

namespace {

constexpr int deepest = 200;

bool is_key_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' || c == '-';
}

void append_utf8(std::string& out, unsigned code) {
    const auto put = [&](unsigned byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | (code >> 6U));
        put(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0U | (code >> 12U));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    } else {
        put(0xF0U | (code >> 18U));
        put(0x80U | ((code >> 12U) & 0x3FU));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    }
}

class Reader {
  public:
    Reader(std::string_view text, Positions* positions) : text_(text), positions_(positions) {}

    Json whole() {
        if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
        Json value = read_value("", 0);
        skip_blank();
        if (at_ < text_.size()) refuse("Additional text encountered after finished reading JSON content");
        return value;
    }

  private:
    [[noreturn]] void refuse(const std::string& what) const {
        throw Error(
            fault::invalid_request_content,
            fmt::format("The request content was invalid and could not be deserialized: '{}. Line {}, "
                        "position {}.'.",
                        what, position_.line, position_.column));
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    char take() {
        if (at_ >= text_.size()) refuse("Unexpected end when reading JSON");
        const char c = text_[at_++];
        if (c == '\n') {
            ++position_.line;
            position_.column = 0;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++position_.column;
        }
        return c;
    }

    void skip_comment() {
        take();
        if (peek() == '/') {
            while (at_ < text_.size() && peek() != '\n') take();
            return;
        }
        if (peek() != '*') refuse("Error parsing comment. Expected: *");
        take();
        char before = '\0';
        for (char c = take(); before != '*' || c != '/'; c = take()) before = c;
    }

    void skip_blank() {
        while (at_ < text_.size()) {
            if (peek() == '/')
                skip_comment();
            else if (std::isspace(static_cast<unsigned char>(peek())) != 0)
                take();
            else
                return;
        }
    }

    void note(const std::string& path) {
        if (positions_ != nullptr) (*positions_)[path] = position_;
    }

    Json read_value(const std::string& path, int depth) {
        if (depth > deepest) refuse("The JSON is nested too deeply");
        skip_blank();
        const char first = peek();
        if (first == '{') return read_object(path, depth);
        if (first == '[') return read_array(path, depth);
        Json value = first == '"' || first == '\'' ? Json(read_text()) : read_word();
        note(path);
        return value;
    }

    Json read_object(const std::string& path, int depth) {
        take();
        note(path);
        Json object = Json::object();
        for (skip_blank(); peek() != '}'; skip_blank()) {
            const std::string key = read_key();
            skip_blank();
            if (peek() != ':')
                refuse(fmt::format("Invalid character after parsing property name. Expected ':' but got: {}",
                                   peek()));
            take();
            object[key] = read_value(path.empty() ? key : path + "." + key, depth + 1);
            skip_blank();
            if (peek() == ',')
                take();
            else if (peek() != '}')
                refuse("After parsing a value an unexpected character was encountered");
        }
        take();
        return object;
    }

    Json read_array(const std::string& path, int depth) {
        take();
        note(path);
        Json array = Json::array();
        for (skip_blank(); peek() != ']'; skip_blank()) {
            array.push_back(read_value(fmt::format("{}[{}]", path, array.size()), depth + 1));
            skip_blank();
            if (peek() == ',')
                take();
            else if (peek() != ']')
                refuse("After parsing a value an unexpected character was encountered");
        }
        take();
        return array;
    }

    std::string read_key() {
        if (peek() == '"' || peek() == '\'') return read_text();
        std::string key;
        while (is_key_character(peek())) key += take();
        if (key.empty()) refuse("Invalid property identifier character");
        return key;
    }

    unsigned read_hex() {
        unsigned code = 0;
        for (int i = 0; i < 4; ++i) {
            const char c = take();
            if (std::isxdigit(static_cast<unsigned char>(c)) == 0) refuse("Invalid Unicode escape sequence");
            const int digit =
                std::isdigit(static_cast<unsigned char>(c)) != 0 ? c - '0' : std::tolower(c) - 'a' + 10;
            code = code * 16 + static_cast<unsigned>(digit);
        }
        return code;
    }

    void read_escape(std::string& out) {
        constexpr std::string_view letters = "bfnrt";
        constexpr std::string_view meanings = "\b\f\n\r\t";
        const char c = take();
        if (const std::size_t at = letters.find(c); at != std::string_view::npos) {
            out += meanings[at];
        } else if (c == 'u') {
            unsigned code = read_hex();
            if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
                take();
                take();
                code = 0x10000U + ((code - 0xD800U) << 10U) + (read_hex() - 0xDC00U);
            }
            append_utf8(out, code);
        } else if (c == '"' || c == '\'' || c == '\\' || c == '/') {
            out += c;
        } else {
            refuse(fmt::format("Bad JSON escape sequence: \\{}", c));
        }
    }

    std::string read_text() {
        const char quote = take();
        std::string out;
        for (char c = take(); c != quote; c = take()) {
            if (c == '\\')
                read_escape(out);
            else
                out += c;
        }
        return out;
    }

    // A number, true, false or null: strict JSON knows them.
    Json read_word() {
        std::string word;
        while (is_key_character(peek()) || peek() == '.' || peek() == '+') word += take();
        Json value = Json::parse(word, nullptr, false);
        if (word.empty() || value.is_discarded())
            refuse(word.empty() && at_ < text_.size()
                       ? fmt::format("Unexpected character encountered while parsing value: {}", peek())
                       : "Unexpected end when reading JSON");
        return value;
    }

    std::string_view text_;
    Positions* positions_;
    std::size_t at_ = 0;
    Position position_;
};

}  // namespace

Json read_json(std::string_view text, Positions* positions) { return Reader(text, positions).whole(); }

}  // namespace azid::arm::templates
