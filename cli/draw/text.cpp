#include "cli/draw/text.hpp"

#include <algorithm>
#include <utility>

namespace azid::draw {

namespace {

constexpr std::string_view ellipsis = "…";

// In thousandths of the size, by kind of letter.
int thousandths(char32_t c) {
    constexpr std::u32string_view slim = U"ijl|'.,:;!I";
    constexpr std::u32string_view narrow = U" /\\()[]ftr-\"`{}";
    if (c >= 0x2e80) return 1050;
    if (c >= 0x7f) return 700;
    if (slim.find(c) != std::u32string_view::npos) return 330;
    if (narrow.find(c) != std::u32string_view::npos) return 415;
    if (c == 'm' || c == 'W' || c == '@' || c == '%') return 1000;
    if (c == 'w' || c == 'M' || c == '+' || c == '=' || c == '<' || c == '>' || c == '~') return 870;
    if (c >= 'A' && c <= 'Z') return 740;
    return 640;
}

// Length in bytes of the character that begins there; broken bytes count for one each.
std::size_t length_at(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first < 0x80    ? 1
                               : first >= 0xf0 ? 4
                               : first >= 0xe0 ? 3
                               : first >= 0xc0 ? 2
                                               : 1;
    return std::min(length, text.size() - at);
}

char32_t character_at(std::string_view text, std::size_t at) {
    const std::size_t length = length_at(text, at);
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    if (length == 1) return byte(0);
    char32_t c = byte(0) & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) c = (c << 6U) | (byte(i) & 0x3fU);
    return c;
}

double measure(std::string_view text, double size, Face face) {
    double total = 0;
    for (std::size_t at = 0; at < text.size(); at += length_at(text, at)) {
        const char32_t c = character_at(text, at);
        total += face == Face::sans ? thousandths(c) : c >= 0x2e80 ? 1250 : 615;
    }
    return total * size / 1000;
}

// How many bytes of the word fit, ended behind a separator where one is not too far back.
std::size_t fitting(std::string_view word, double width, double size, Face face) {
    std::size_t end = 0;
    std::size_t separator = 0;
    while (end < word.size()) {
        const std::size_t next = end + length_at(word, end);
        if (end > 0 && measure(word.substr(0, next), size, face) > width) break;
        end = next;
        if (std::string_view("/-.,:;=_@").find(word[end - 1]) != std::string_view::npos) separator = end;
    }
    return end == word.size() || separator * 2 < end ? end : separator;
}

std::string shortened(std::string line, double width, double size, Face face) {
    while (!line.empty() && measure(line + std::string(ellipsis), size, face) > width) {
        line.pop_back();
        while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xc0U) == 0x80U) line.pop_back();
        if (!line.empty() && static_cast<unsigned char>(line.back()) >= 0xc0U) line.pop_back();
    }
    while (line.ends_with(' ')) line.pop_back();
    return line + std::string(ellipsis);
}

}  // namespace

double width_of(std::string_view text, double size) { return measure(text, size, Face::sans); }
double mono_width_of(std::string_view text, double size) { return measure(text, size, Face::mono); }

std::vector<std::string> wrapped(std::string_view text, double width, double size, std::size_t most,
                                 Face face) {
    std::vector<std::string> lines;
    std::string line;
    while (!text.empty()) {
        const std::size_t blank = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, blank);
        const std::string together = line.empty() ? std::string(word) : line + " " + std::string(word);
        if (measure(together, size, face) <= width) {
            line = together;
            text.remove_prefix(std::min(blank + 1, text.size()));
            continue;
        }
        if (!line.empty()) {
            lines.push_back(std::exchange(line, {}));
            continue;
        }
        const std::size_t end = fitting(word, width, size, face);
        lines.emplace_back(word.substr(0, end));
        text.remove_prefix(end);
    }
    if (!line.empty()) lines.push_back(line);
    if (lines.size() > most) {
        lines.resize(most);
        if (most > 0) lines.back() = shortened(lines.back(), width, size, face);
    }
    return lines;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
        }
    return out;
}

}  // namespace azid::draw
