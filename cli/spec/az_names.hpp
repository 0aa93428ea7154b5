// The names of all commands of az 2.74, also of those that azid does not have: so that a name az knows is
// answered with a sentence, and a misspelled one with az's own suggestion. Source: az's command loader.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid::spec {

// What an az name stands for.
enum class AzName { unknown, group, command };

// Looks up space-separated lower-case words ("vm identity", "vm create"); "" is the root group.
AzName az_name(std::string_view words);

// The words that may follow a group's name; empty when az has no such group.
std::vector<std::string> az_children(std::string_view group);

}  // namespace azid::spec
