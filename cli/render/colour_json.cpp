// pygments' JsonLexer, for text that write_json made.
#include "cli/render/colour.hpp"
#include "cli/render/unicode.hpp"
#include "cli/render/writers.hpp"

namespace azid::render {

namespace colour {

namespace {

// The length of the line end that stands at a position, 0 if none: \n and those of str.splitlines() that JSON
// text may hold unescaped. All of them begin with one of three bytes.
size_t line_end_length(std::string_view text, size_t at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with('\n')) return 1;
    if (rest.starts_with("\xC2\x85")) return 2;
    return rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9") ? 3 : 0;
}

void paint_line(std::string& out, std::string_view colour, std::string_view line) {
    const bool ends = line.ends_with('\n');
    const std::string_view content = ends ? line.substr(0, line.size() - 1) : line;
    out += colour;
    out += content;
    if (!colour.empty()) out += "\x1b[39;49;00m";
    if (ends) out += '\n';
}

}  // namespace

void paint(std::string& out, std::string_view colour, std::string_view token) {
    size_t start = 0;
    for (size_t at = token.find_first_of("\n\xC2\xE2"); at != std::string_view::npos;
         at = token.find_first_of("\n\xC2\xE2", at)) {
        const size_t length = line_end_length(token, at);
        at += length > 0 ? length : 1;
        if (length == 0) continue;
        paint_line(out, colour, token.substr(start, at - start));
        start = at;
    }
    if (start < token.size()) paint_line(out, colour, token.substr(start));
}

}  // namespace colour

namespace {

size_t end_of_run(std::string_view text, size_t at, std::string_view set) {
    const size_t end = text.find_first_not_of(set, at);
    return end == std::string_view::npos ? text.size() : end;
}

size_t end_of_string(std::string_view text, size_t at) {
    for (size_t i = at + 1; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            return i + 1;
        }
    }
    return text.size();
}

struct Token {
    std::string_view colour;
    size_t end;
};

Token token_at(std::string_view text, size_t at) {
    switch (text[at]) {
        case '"': {
            const size_t end = end_of_string(text, at);
            return {text.substr(end).starts_with(':') ? colour::key : colour::string, end};
        }
        case ' ':
        case '\n':
            return {colour::blank, end_of_run(text, at, " \n")};
        case '{':
        case '}':
        case '[':
        case ']':
        case ',':
        case ':':
            return {colour::none, end_of_run(text, at, "{}[],:")};
        case 't':
        case 'f':
        case 'n':
            return {colour::literal, end_of_run(text, at, "truefalsn")};
        default:
            // What is left are numbers, and Python's NaN and Infinity, which are errors in JSON but for their
            // middle.
            if (text[at] == '-' || (text[at] >= '0' && text[at] <= '9'))
                return {colour::literal, end_of_run(text, at, "-0123456789.eE+")};
            return {colour::error, at + 1};
    }
}

}  // namespace

std::string colour_json(std::string_view text) {
    std::string out;
    out.reserve(text.size() * 3);
    for (size_t at = 0; at < text.size();) {
        const Token token = token_at(text, at);
        colour::paint(out, token.colour, text.substr(at, token.end - at));
        at = token.end;
    }
    return out;
}

}  // namespace azid::render
