#include "cli/render/unicode.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace azid::render {

namespace {

constexpr char32_t replacement = 0xFFFD;

struct Range {
    char32_t first;
    char32_t last;
};

// Unicode's categories Cc, Cf, Cs, Co, Zl, Zp and Zs but for the space.
constexpr std::array<Range, 28> unprintable{{
    {0x00, 0x1F},       {0x7F, 0xA0},       {0xAD, 0xAD},         {0x600, 0x605},     {0x61C, 0x61C},
    {0x6DD, 0x6DD},     {0x70F, 0x70F},     {0x890, 0x891},       {0x8E2, 0x8E2},     {0x1680, 0x1680},
    {0x180E, 0x180E},   {0x2000, 0x200F},   {0x2028, 0x202F},     {0x205F, 0x2064},   {0x2066, 0x206F},
    {0x3000, 0x3000},   {0xD800, 0xF8FF},   {0xFEFF, 0xFEFF},     {0xFFF9, 0xFFFB},   {0x110BD, 0x110BD},
    {0x110CD, 0x110CD}, {0x13430, 0x13438}, {0x1BCA0, 0x1BCA3},   {0x1D173, 0x1D17A}, {0xE0001, 0xE0001},
    {0xE0020, 0xE007F}, {0xF0000, 0xFFFFF}, {0x100000, 0x10FFFF},
}};

// Lower case letters from first to last, every step-th of them, and how far away their capitals are.
struct Capitals {
    char32_t first;
    char32_t last;
    uint32_t step;
    int32_t distance;
};

constexpr std::array<Capitals, 31> capitals{{
    {0x61, 0x7A, 1, -32},   {0xB5, 0xB5, 1, 743},   {0xE0, 0xF6, 1, -32},    {0xF8, 0xFE, 1, -32},
    {0xFF, 0xFF, 1, 121},   {0x101, 0x12F, 2, -1},  {0x131, 0x131, 1, -232}, {0x133, 0x137, 2, -1},
    {0x13A, 0x148, 2, -1},  {0x14B, 0x177, 2, -1},  {0x17A, 0x17E, 2, -1},   {0x1CE, 0x1DC, 2, -1},
    {0x1DF, 0x1EF, 2, -1},  {0x1F9, 0x21F, 2, -1},  {0x223, 0x233, 2, -1},   {0x3AC, 0x3AC, 1, -38},
    {0x3AD, 0x3AF, 1, -37}, {0x3B1, 0x3C1, 1, -32}, {0x3C2, 0x3C2, 1, -31},  {0x3C3, 0x3CB, 1, -32},
    {0x3CC, 0x3CC, 1, -64}, {0x3CD, 0x3CE, 1, -63}, {0x3D9, 0x3EF, 2, -1},   {0x430, 0x44F, 1, -32},
    {0x450, 0x45F, 1, -80}, {0x461, 0x481, 2, -1},  {0x48B, 0x4BF, 2, -1},   {0x4C2, 0x4CE, 2, -1},
    {0x4D1, 0x52F, 2, -1},  {0x561, 0x586, 1, -48}, {0x1E01, 0x1E95, 2, -1},
}};

bool is_continuation(std::string_view text, size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

struct Decoded {
    char32_t point;
    size_t length;
    bool valid;
};

// One code point at a position inside the text. A broken sequence is as long as its part that could have
// begun one.
Decoded decode_one(std::string_view text, size_t at) {
    const unsigned char lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return {lead, 1, true};
    const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4) return {replacement, 1, false};
    char32_t point = lead & (0xFFU >> (length + 1));
    for (size_t i = 1; i < length; ++i) {
        if (!is_continuation(text, at + i)) return {replacement, i, false};
        point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
        if (i != 1) continue;
        const bool overlong = (length == 3 && point < 0x20) || (length == 4 && point < 0x10);
        const bool outside =
            (length == 3 && point >= 0x360 && point <= 0x37F) || (length == 4 && point > 0x10F);
        if (overlong || outside) return {replacement, 1, false};
    }
    return {point, length, true};
}

}  // namespace

std::string valid_utf8(std::string text) {
    size_t at = 0;
    while (at < text.size()) {
        const Decoded next = decode_one(text, at);
        if (!next.valid) break;
        at += next.length;
    }
    if (at == text.size()) return text;
    std::string out(text, 0, at);
    while (at < text.size()) {
        const Decoded next = decode_one(text, at);
        append_utf8(out, next.point);
        at += next.length;
    }
    return out;
}

std::u32string decode(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (size_t at = 0; at < text.size();) {
        const Decoded next = decode_one(text, at);
        out += next.point;
        at += next.length;
    }
    return out;
}

void append_utf8(std::string& out, char32_t point) {
    const auto tail = [point](int shift) { return static_cast<char>(0x80 | ((point >> shift) & 0x3F)); };
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xC0 | (point >> 6));
        out += tail(0);
    } else if (point < 0x10000) {
        out += static_cast<char>(0xE0 | (point >> 12));
        out += tail(6);
        out += tail(0);
    } else {
        out += static_cast<char>(0xF0 | (point >> 18));
        out += tail(12);
        out += tail(6);
        out += tail(0);
    }
}

std::string encode(std::u32string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char32_t point : text) append_utf8(out, point);
    return out;
}

size_t code_points(std::string_view text) {
    return static_cast<size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

bool is_space(char32_t point) {
    if (point < 0x80)
        return point == ' ' || (point >= 0x09 && point <= 0x0D) || (point >= 0x1C && point <= 0x1F);
    return point == 0x85 || point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) ||
           point == 0x2028 || point == 0x2029 || point == 0x202F || point == 0x205F || point == 0x3000;
}

bool is_line_end(char32_t point) {
    return (point >= 0x0A && point <= 0x0D) || (point >= 0x1C && point <= 0x1E) || point == 0x85 ||
           point == 0x2028 || point == 0x2029;
}

bool is_printable(char32_t point) {
    if (point < 0x7F) return point >= ' ';
    return std::none_of(unprintable.begin(), unprintable.end(),
                        [point](const Range& range) { return point >= range.first && point <= range.last; });
}

char32_t upper(char32_t point) {
    for (const Capitals& row : capitals)
        if (point >= row.first && point <= row.last && (point - row.first) % row.step == 0)
            return static_cast<char32_t>(static_cast<int32_t>(point) + row.distance);
    return point;
}

}  // namespace azid::render
