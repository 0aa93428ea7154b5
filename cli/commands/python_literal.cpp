#include "cli/commands/python_literal.hpp"

#include "core/base/text.hpp"

#include <nlohmann/json.hpp>

#include <cctype>
#include <charconv>
#include <optional>

namespace azid::commands {

namespace {

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    std::optional<Json> whole() {
        std::optional<Json> read = value();
        skip_blanks();
        return at_ == text_.size() ? std::move(read) : std::nullopt;
    }

  private:
    static constexpr int deepest = 200;

    void skip_blanks() {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    }
    char here() {
        skip_blanks();
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    bool took(char c) {
        if (here() != c) return false;
        ++at_;
        return true;
    }

    std::optional<Json> value() {
        if (++depth_ > deepest) return {};
        std::optional<Json> read;
        const char first = here();
        if (first == '\'' || first == '"')
            read = text();
        else if (first == '{')
            read = dict();
        else if (first == '[')
            read = sequence('[', ']');
        else if (first == '(')
            read = sequence('(', ')');
        else
            read = word();
        --depth_;
        return read;
    }

    std::optional<Json> text() {
        const char quote = text_[at_++];
        std::string read;
        while (at_ < text_.size() && text_[at_] != quote) {
            if (text_[at_] == '\n') return {};
            if (text_[at_] == '\\' && ++at_ < text_.size()) {
                static constexpr std::pair<char, char> escapes[] = {{'n', '\n'},  {'t', '\t'},  {'r', '\r'},
                                                                    {'\\', '\\'}, {'\'', '\''}, {'"', '"'}};
                char meant = '\0';
                for (const auto& [written, stands_for] : escapes)
                    if (text_[at_] == written) meant = stands_for;
                if (meant == '\0') {  // Python keeps the backslash of what is no escape
                    read += '\\';
                    meant = text_[at_];
                }
                read += meant;
                ++at_;
                continue;
            }
            read += text_[at_++];
        }
        if (at_ >= text_.size()) return {};
        ++at_;
        return Json(read);
    }

    std::optional<Json> dict() {
        took('{');
        Json read = Json::object();
        while (!took('}')) {
            if (!read.empty() && !took(',')) return {};
            if (!read.empty() && took('}')) return read;
            const std::optional<Json> key = value();
            if (!key || !key->is_string() || !took(':')) return {};
            std::optional<Json> member = value();
            if (!member) return {};
            read[key->get<std::string>()] = std::move(*member);
        }
        return read;
    }

    std::optional<Json> sequence(char opening, char closing) {
        took(opening);
        Json read = Json::array();
        while (!took(closing)) {
            if (!read.empty() && !took(',')) return {};
            if (!read.empty() && took(closing)) return read;
            std::optional<Json> item = value();
            if (!item) return {};
            read.push_back(std::move(*item));
        }
        return read;
    }

    std::optional<Json> word() {
        const std::size_t start = at_;
        while (at_ < text_.size() &&
               std::string_view(",:]})( \t\n").find(text_[at_]) == std::string_view::npos)
            ++at_;
        const std::string_view read = text_.substr(start, at_ - start);
        if (read == "None") return Json(nullptr);
        if (read == "True") return Json(true);
        if (read == "False") return Json(false);
        std::int64_t integer = 0;
        const char* end = read.data() + read.size();
        if (const auto done = std::from_chars(read.data(), end, integer);
            done.ec == std::errc() && done.ptr == end)
            return leads_with_zero(read) ? std::nullopt : std::optional<Json>(integer);
        double real = 0;
        if (const auto done = std::from_chars(read.data(), end, real);
            done.ec == std::errc() && done.ptr == end &&
            std::isalpha(static_cast<unsigned char>(read.back())) == 0)
            return Json(real);
        return {};
    }

    static bool leads_with_zero(std::string_view number) {
        if (number.starts_with('-')) number.remove_prefix(1);
        return number.size() > 1 && number.front() == '0';
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

bool json_or_literal(std::string_view text, Json& value) {
    Json read = Json::parse(text, nullptr, false);
    if (!read.is_discarded()) {
        value = std::move(read);
        return true;
    }
    std::optional<Json> literal = Reader(text).whole();
    if (!literal) return false;
    value = std::move(*literal);
    return true;
}

std::string python_list(const std::vector<std::string>& texts) {
    std::vector<std::string> quoted;
    for (const std::string& text : texts) quoted.push_back("'" + text + "'");
    return "[" + join(quoted, ", ") + "]";
}

bool python_truth(const Json& value) {
    if (value.is_null()) return false;
    if (value.is_boolean()) return value.get<bool>();
    if (value.is_number()) return value.get<double>() != 0;
    if (value.is_string()) return !value.get_ref<const std::string&>().empty();
    return !value.empty();
}

}  // namespace azid::commands
