#include "core/entra/aadsts.hpp"

#include "core/base/text.hpp"

#include <fmt/format.h>

#include <string>

namespace azid::entra {

Error refusal(const Aadsts& row, std::initializer_list<std::string_view> holes) {
    std::string text = fmt::format("AADSTS{}: {}", row.number, row.text);
    size_t number = 0;
    for (const std::string_view hole : holes) text = replace_all(text, fmt::format("{{{}}}", number++), hole);
    Error error(row.fault, text);
    error.with_inner_code(std::to_string(row.number));
    return error;
}

}  // namespace azid::entra
