// concat, format, substring and the other functions about texts.
#include "core/arm/templates/functions.hpp"
#include "core/base/base64.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/crypto/digest.hpp"
#include "core/crypto/key.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace azid::arm::templates {

namespace {

constexpr std::int64_t longest_padding = 131072;  // Resource Manager's limit on texts in expressions

Json concat(const Call& call) {
    if (call.count() > 0 && call.at(0).is_array()) {
        Json joined = Json::array();
        for (std::size_t i = 0; i < call.count(); ++i) {
            if (!call.at(i).is_array()) call.refuse("all the parameters must be arrays, or none of them");
            for (const Json& item : call.at(i)) joined.push_back(item);
        }
        return joined;
    }
    std::string joined;
    for (std::size_t i = 0; i < call.count(); ++i) {
        if (call.at(i).is_structured())
            call.refuse("all the parameters must be literals, string or integer JToken, or all arrays");
        joined += written(call.at(i));
    }
    return joined;
}

// A number in one of .NET's standard or custom forms: "D3", "N0", "X2", "000".
std::string in_form(const Json& value, std::string_view form) {
    if (!value.is_number_integer() || form.empty()) return written(value);
    const std::int64_t number = value.get<std::int64_t>();
    const char kind = static_cast<char>(std::toupper(static_cast<unsigned char>(form.front())));
    if (kind == '0') return fmt::format("{:0{}}", number, form.size() + (number < 0 ? 1 : 0));
    int width = 0;
    for (const char c : form.substr(1))
        if (std::isdigit(static_cast<unsigned char>(c)) != 0) width = std::min(width * 10 + (c - '0'), 99);
    if (kind == 'D') return fmt::format("{:0{}}", number, width + (number < 0 ? 1 : 0));
    if (kind == 'X')
        return form.front() == 'X' ? fmt::format("{:0{}X}", static_cast<std::uint64_t>(number), width)
                                   : fmt::format("{:0{}x}", static_cast<std::uint64_t>(number), width);
    if (kind != 'N') return written(value);
    std::string digits = std::to_string(number < 0 ? -number : number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
    const int decimals = form.size() > 1 ? width : 2;
    if (decimals > 0) digits += "." + std::string(static_cast<std::size_t>(decimals), '0');
    return (number < 0 ? "-" : "") + digits;
}

// "{0}", "{1,-8}" or "{2:D3}", without the braces.
std::string hole(const Call& call, std::string_view what) {
    const std::size_t colon = what.find(':');
    const std::string_view form = colon == std::string_view::npos ? "" : what.substr(colon + 1);
    what = what.substr(0, colon);
    const std::size_t comma = what.find(',');
    const std::string index(trim(what.substr(0, comma)));
    const bool is_number =
        !index.empty() && index.size() < 4 &&
        std::all_of(index.begin(), index.end(), [](unsigned char c) { return std::isdigit(c); });
    if (!is_number || std::stoul(index) + 1 >= call.count())
        call.refuse(
            "the index (zero based) must be greater than or equal to zero and less than the size of "
            "the argument list");
    std::string text = in_form(call.at(std::stoul(index) + 1), form);
    if (comma == std::string_view::npos) return text;
    const std::string alignment(trim(what.substr(comma + 1)));
    const bool left = alignment.starts_with('-');
    std::int64_t width = 0;
    const std::string_view digits = std::string_view(alignment).substr(left ? 1 : 0);
    const std::from_chars_result read = std::from_chars(digits.data(), digits.data() + digits.size(), width);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || width < 0 ||
        width > longest_padding)
        call.refuse("the input string was not in a correct format");
    const auto length = static_cast<std::int64_t>(character_count(text));
    if (length < width) text.insert(left ? text.size() : 0, static_cast<std::size_t>(width - length), ' ');
    return text;
}

Json format(const Call& call) {
    const std::string& pattern = call.text(0);
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        const bool doubled = at + 1 < pattern.size() && pattern[at + 1] == c;
        if ((c == '{' || c == '}') && doubled) {
            out += c;
            ++at;
        } else if (c == '{') {
            const std::size_t end = pattern.find('}', at);
            if (end == std::string::npos) call.refuse("the input string was not in a correct format");
            out += hole(call, std::string_view(pattern).substr(at + 1, end - at - 1));
            at = end;
        } else {
            out += c;
        }
    }
    return out;
}

Json to_lower(const Call& call) { return lower(call.text(0)); }

Json to_upper(const Call& call) {
    std::string text = call.text(0);
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

Json substring(const Call& call) {
    const std::string& text = call.text(0);
    const auto length = static_cast<std::int64_t>(character_count(text));
    const std::int64_t begin = call.number_or(1, 0);
    const std::int64_t count = call.number_or(2, length - begin);
    if (begin < 0 || count < 0 || begin + count > length)
        call.refuse(
            fmt::format("the index and length parameters must refer to a location within the string. "
                        "Index: '{}', length: '{}', string length: '{}'",
                        begin, count, length));
    return characters(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(count));
}

Json replace(const Call& call) {
    if (call.text(1).empty()) return call.text(0);
    return replace_all(call.text(0), call.text(1), call.text(2));
}

Json split_text(const Call& call) {
    const std::string& text = call.text(0);
    std::vector<std::string> separators;
    if (call.at(1).is_array()) {
        for (const Json& separator : call.at(1)) separators.push_back(written(separator));
    } else {
        separators.push_back(call.text(1));
    }
    Json pieces = Json::array();
    std::string piece;
    for (std::size_t at = 0; at < text.size();) {
        const auto found = std::find_if(separators.begin(), separators.end(), [&](const std::string& one) {
            return !one.empty() && text.compare(at, one.size(), one) == 0;
        });
        if (found == separators.end()) {
            piece += text[at++];
            continue;
        }
        pieces.push_back(std::move(piece));
        piece.clear();
        at += found->size();
    }
    pieces.push_back(std::move(piece));
    return pieces;
}

Json trim_text(const Call& call) { return std::string(trim(call.text(0))); }

Json pad_left(const Call& call) {
    if (!call.at(0).is_string() && !call.at(0).is_number_integer())
        call.refuse_type(0, "a string or an integer");
    const std::string text = written(call.at(0));
    const std::int64_t width = call.number(1);
    const std::string pad = call.text_or(2, " ");
    if (character_count(pad) != 1) call.refuse("the padding must be one character");
    if (width > longest_padding) call.refuse(fmt::format("the length must be at most {}", longest_padding));
    std::string out;
    for (auto length = static_cast<std::int64_t>(character_count(text)); length < width; ++length) out += pad;
    return out + text;
}

Json starts_with(const Call& call) { return istarts_with(call.text(0), call.text(1)); }

Json ends_with(const Call& call) {
    const std::string text = lower(call.text(0));
    return text.ends_with(lower(call.text(1)));
}

// The number of the item that is equal, or of the character where the text begins; without case, -1 for none.
Json position(const Call& call, bool last) {
    if (call.at(0).is_array()) {
        std::int64_t found = -1;
        for (std::size_t i = 0; i < call.at(0).size() && (last || found < 0); ++i)
            if (call.at(0)[i] == call.at(1)) found = static_cast<std::int64_t>(i);
        return found;
    }
    const std::string text = lower(call.text(0));
    const std::string wanted = lower(call.text(1));
    const std::size_t at = last ? text.rfind(wanted) : text.find(wanted);
    if (at == std::string::npos) return -1;
    return static_cast<std::int64_t>(character_count(std::string_view(text).substr(0, at)));
}

Json index_of(const Call& call) { return position(call, false); }
Json last_index_of(const Call& call) { return position(call, true); }

Json string(const Call& call) {
    if (call.at(0).is_null()) call.refuse_type(0, "a value");
    return written(call.at(0));
}

std::string joined_arguments(const Call& call) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < call.count(); ++i) texts.push_back(call.text(i));
    return join(texts, "-");
}

// Azure's own hash is not public. This one has the same form: 13 of these 32 letters and digits.
Json unique_string(const Call& call) {
    constexpr std::string_view digits = "abcdefghijklmnopqrstuvwxyz234567";
    const std::string digest = crypto::md5(joined_arguments(call));
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i)
        number = number << 8U | static_cast<unsigned char>(digest[static_cast<std::size_t>(i)]);
    std::string text;
    for (int i = 0; i < 13; ++i, number >>= 5U) text += digits[number % 32];
    return text;
}

// RFC 4122 version 5, in the namespace that is known of Resource Manager's.
Json guid(const Call& call) {
    constexpr std::string_view space("\x11\xfb\x06\xfb\x71\x2d\x4d\xdd\x98\xc7\xe7\x1b\xbd\x58\x88\x30", 16);
    std::string bytes = crypto::sha1(std::string(space) + joined_arguments(call)).substr(0, 16);
    bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0FU) | 0x50U);
    bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3FU) | 0x80U);
    std::string text = hex_lower(bytes);
    for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, 1, '-');
    return text;
}

Json new_guid_text(const Call& call) {
    if (!call.frame.in_default)
        call.refuse("the function can only be used in the default value of a parameter");
    return new_guid(call.frame.session.random);
}

constexpr Function table[] = {
    {"concat", 0, any_number, concat},
    {"format", 1, any_number, format},
    {"toLower", 1, 1, to_lower},
    {"toUpper", 1, 1, to_upper},
    {"substring", 2, 3, substring},
    {"replace", 3, 3, replace},
    {"split", 2, 2, split_text},
    {"trim", 1, 1, trim_text},
    {"padLeft", 2, 3, pad_left},
    {"startsWith", 2, 2, starts_with},
    {"endsWith", 2, 2, ends_with},
    {"indexOf", 2, 2, index_of},
    {"lastIndexOf", 2, 2, last_index_of},
    {"string", 1, 1, string},
    {"uniqueString", 1, any_number, unique_string},
    {"guid", 1, any_number, guid},
    {"newGuid", 0, 0, new_guid_text},
};

}  // namespace

std::span<const Function> text_functions() { return table; }

}  // namespace azid::arm::templates
