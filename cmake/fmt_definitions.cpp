// The part of {fmt} that is not in its header, from the distribution's own sources of it, for a program that
// carries the library in itself (see self_contained.cmake).
#include <fmt/format-inl.h>

#include <locale>

template std::locale fmt::detail::locale_ref::get<std::locale>() const;
template fmt::detail::thousands_sep_result<char> fmt::detail::thousands_sep_impl<char>(
    fmt::detail::locale_ref);
template char fmt::detail::decimal_point_impl<char>(fmt::detail::locale_ref);
