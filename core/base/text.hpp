// Small text functions. Case folding is ASCII only, as Azure's resource ids are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid {

std::string lower(std::string_view text);
bool iequals(std::string_view left, std::string_view right);
bool istarts_with(std::string_view text, std::string_view prefix);
std::string_view trim(std::string_view text);

// Splits at every separator; "" gives one empty piece, "a//b" has an empty piece in the middle.
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& pieces, std::string_view separator);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

// Eight-four-four-four-twelve hexadecimal digits with hyphens, any case.
bool is_guid(std::string_view text);

// Orders and compares without regard to ASCII case; transparent, for maps keyed by Azure names.
struct ILess {
    using is_transparent = void;
    bool operator()(std::string_view left, std::string_view right) const;
};

}  // namespace azid
