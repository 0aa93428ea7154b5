// Where the next page of a list begins, as a text that only this list gives out: one that was made up,
// changed or taken from another list is known as such.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace azid::crypto {

struct PagePosition {
    std::size_t count = 0;  // of items before it
    std::string last;       // the key of the last of them
};

// The list is whatever tells it from others: whose it is, its path, its filter.
std::string page_token(std::string_view list, const PagePosition& position);
// Empty when the token is not of this list.
std::optional<PagePosition> read_page_token(std::string_view list, std::string_view token);

}  // namespace azid::crypto
