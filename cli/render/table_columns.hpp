// Tables on their own: for rows that a command's table columns (a JMESPath expression) have already shaped.
#pragma once

#include "cli/render/format.hpp"

namespace azid::render {

// The table as knack and tabulate ("simple") lay it out. Anything but an array is one row; objects lose "id",
// "type", "etag" and members that are null, array or object; arrays become Column1..n, scalars "Result". A
// lone newline when nothing can be printed. Give sort_keys = false for rows that a table expression or
// --query made.
std::string render_table(const Json& rows, const Style& style);

}  // namespace azid::render
