// The words of a trace's messages.
#pragma once

#include "core/base/json.hpp"

#include <string>
#include <string_view>

namespace azid::draw {

// The name of a system as drawings show it; an unknown one's own.
std::string system_name(std::string_view id);

// What a step of "trace show" says, in few words. Ids are given by the names that the step has for them, else
// shortened to their last part; whole ids where wanted.
std::string message_text(const Json& step, bool whole_ids);

}  // namespace azid::draw
