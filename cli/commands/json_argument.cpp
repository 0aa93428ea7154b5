#include "cli/commands/json_argument.hpp"

#include "cli/app/context.hpp"
#include "cli/app/environment.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace azid::commands {

namespace {

// Reads JSON the way Python does, only to say where it goes wrong.
class Complainer {
  public:
    explicit Complainer(std::string_view text) : text_(text) {}

    std::string complaint() {
        skip_blanks();
        if (value()) {
            skip_blanks();
            if (at_ < text_.size()) fail("Extra data", at_);
        }
        return complaint_;
    }

  private:
    static constexpr int deepest = 500;

    bool fail(std::string_view what, std::size_t where) {
        if (!complaint_.empty()) return false;
        const std::string_view before = text_.substr(0, where);
        const auto line = std::count(before.begin(), before.end(), '\n') + 1;
        const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
        complaint_ = fmt::format("{}: line {} column {} (char {})", what, line, where - start + 1, where);
        return false;
    }
    char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool took(char c) {
        if (here() != c || at_ >= text_.size()) return false;
        ++at_;
        return true;
    }
    void skip_blanks() {
        while (at_ < text_.size() && std::string_view(" \t\n\r").find(text_[at_]) != std::string_view::npos)
            ++at_;
    }

    bool value() {
        if (++depth_ > deepest) return false;
        const std::size_t start = at_;
        bool good = false;
        if (took('"')) {
            good = string(start);
        } else if (took('{')) {
            good = object();
        } else if (took('[')) {
            good = array();
        } else {
            good = word() || number() || fail("Expecting value", start);
        }
        --depth_;
        return good;
    }

    bool word() {
        for (const std::string_view known : {"true", "false", "null", "NaN", "Infinity", "-Infinity"}) {
            if (!text_.substr(at_).starts_with(known)) continue;
            at_ += known.size();
            return true;
        }
        return false;
    }

    bool digits() {
        const std::size_t start = at_;
        while (here() >= '0' && here() <= '9') ++at_;
        return at_ > start;
    }

    bool number() {
        const std::size_t start = at_;
        took('-');
        if (!took('0') && !digits()) {
            at_ = start;
            return false;
        }
        std::size_t good = at_;
        if (took('.') && digits()) good = at_;
        at_ = good;
        if (took('e') || took('E')) {
            if (!took('+')) took('-');
            if (digits()) good = at_;
        }
        at_ = good;
        return true;
    }

    bool string(std::size_t start) {
        while (at_ < text_.size()) {
            const char c = text_[at_++];
            if (c == '"') return true;
            if (static_cast<unsigned char>(c) < 0x20) return fail("Invalid control character at", at_ - 1);
            if (c != '\\') continue;
            if (at_ >= text_.size()) break;
            const char escape = text_[at_++];
            if (escape == 'u') {
                const std::string_view code = text_.substr(at_, 4);
                if (code.size() < 4 ||
                    code.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
                    return fail("Invalid \\uXXXX escape", at_ - 1);
                at_ += 4;
            } else if (std::string_view("\"\\/bfnrt").find(escape) == std::string_view::npos) {
                return fail("Invalid \\escape", at_ - 2);
            }
        }
        return fail("Unterminated string starting at", start);
    }

    bool object() {
        skip_blanks();
        if (took('}')) return true;
        for (;;) {
            const std::size_t start = at_;
            if (!took('"')) return fail("Expecting property name enclosed in double quotes", start);
            if (!string(start)) return false;
            skip_blanks();
            if (!took(':')) return fail("Expecting ':' delimiter", at_);
            skip_blanks();
            if (!value()) return false;
            skip_blanks();
            if (took('}')) return true;
            if (!took(',')) return fail("Expecting ',' delimiter", at_);
            skip_blanks();
        }
    }

    bool array() {
        skip_blanks();
        if (took(']')) return true;
        for (;;) {
            if (!value()) return false;
            skip_blanks();
            if (took(']')) return true;
            if (!took(',')) return fail("Expecting ',' delimiter", at_);
            skip_blanks();
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
    std::string complaint_;
};

// az takes Python's literals where JSON fails; of those people write only the single quotes.
std::optional<Json> parsed(const std::string& text) {
    Json value = Json::parse(text, nullptr, false);
    if (!value.is_discarded()) return value;
    if (text.find('"') != std::string::npos || text.find('\\') != std::string::npos) return std::nullopt;
    std::string quoted = text;
    std::replace(quoted.begin(), quoted.end(), '\'', '"');
    value = Json::parse(quoted, nullptr, false);
    if (value.is_discarded()) return std::nullopt;
    return value;
}

Error failure(const std::string& text) {
    return Error(
        fault::client,
        fmt::format(
            "Failed to parse string as JSON:\n{}\nError detail: {}\nThe provided JSON string may have "
            "been parsed by the shell. See "
            "https://learn.microsoft.com/cli/azure/use-azure-cli-successfully-quoting#json-strings",
            text, python_json_complaint(text)));
}

}  // namespace

std::string python_json_complaint(std::string_view text) { return Complainer(text).complaint(); }

Json json_argument(app::Context& context, const std::string& given) {
    const bool may_be_file = !given.empty() && given != "-" && given.size() < 4096 &&
                             given.find('\n') == std::string::npos && given.front() != '{' &&
                             given.front() != '[';
    const std::optional<std::string> content =
        may_be_file ? context.environment.read_file(given) : std::nullopt;
    const std::optional<Json> value = parsed(content ? *content : given);
    if (value) return *value;
    if (!content) throw failure(given);
    throw Error(fault::client, fmt::format("Failed to parse {} with exception:\n    {}", given,
                                           failure(*content).message()));
}

}  // namespace azid::commands
