// The words of a command line as --debug tells them.
#pragma once

#include <string>
#include <vector>

namespace azid::app {

// "['vm', 'create', '-n', 'web', '--admin-password', '...']": like knack's, but values of options that do not
// merely name something stay hidden, and so does all that follows "--": what --debug says is pasted into
// reports.
std::string shown_arguments(const std::vector<std::string>& argv);

}  // namespace azid::app
