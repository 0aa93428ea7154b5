// docs/coverage.md: every option of every command, and what azid does with it.
#pragma once

#include <string>

namespace azid::render {

std::string coverage();

}  // namespace azid::render
