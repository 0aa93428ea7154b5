// Whether fmt_definitions.cpp holds all that a program needs of {fmt}.
#include <fmt/format.h>

int main(int count, char**) {
    const std::string text = fmt::format("{:>4} {:02x} {} {:?<3}", count, count, 0.5 * count, "é");
    return text.empty() ? 1 : 0;
}
