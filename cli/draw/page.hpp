// One self-contained HTML page around a drawing: nothing in it is fetched from elsewhere.
#pragma once

#include <string>
#include <string_view>

namespace azid::draw {

// The body is HTML; the style goes behind that of all drawings.
std::string page_html(std::string_view title, std::string_view style, std::string_view body);

}  // namespace azid::draw
