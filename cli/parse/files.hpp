// "@file": an argument's text taken from a file.
#pragma once

#include "cli/parse/parse.hpp"

#include <string>
#include <vector>

namespace azid::parse {

// Each argument "@path", and what follows "=@" where no "=" stands before it, replaced by the file's text
// without trailing line ends. An argument whose file cannot be read stays as it is (az's
// _expand_file_prefixed_files).
std::vector<std::string> with_files(const std::vector<std::string>& argv, const Outside& outside);

}  // namespace azid::parse
