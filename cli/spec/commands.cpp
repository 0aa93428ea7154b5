#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"
#include "cli/spec/spec.hpp"

#include "core/base/text.hpp"

#include <vector>

namespace azid::spec {

std::span<const Command* const> commands() {
    static const std::vector<const Command*> all = [] {
        std::vector<const Command*> found;
        constexpr std::size_t about = 512;
        found.reserve(about);
        for (const auto& noun : nouns)
            for (const Command& command : noun()) found.push_back(&command);
        return found;
    }();
    return all;
}

const Command* find_command(std::string_view name) {
    if (name.empty()) return nullptr;
    const std::string first = lower(name.substr(0, 1));
    for (const Command* command : commands())
        if (command->name.front() == first.front() && iequals(command->name, name)) return command;
    return nullptr;
}

}  // namespace azid::spec
