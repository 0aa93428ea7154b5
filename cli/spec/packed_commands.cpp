#include "cli/spec/packed_commands.hpp"

#include <mutex>
#include <unordered_map>
#include <vector>

namespace azid::spec {

// The commands' examples lie in the other list.
struct Table::Unpacked {
    std::vector<Command> commands;
    std::vector<Example> examples;
};

Table::Unpacked Table::unpacked() const {
    Unpacked all;
    for (const PackedCommand& kept : commands_)
        for (std::size_t i = 0; i < kept.examples; ++i) {
            const PackedExample& example = examples_[all.examples.size()];
            all.examples.push_back({texts_ + example.title, texts_ + example.line});
        }
    std::span<const Example> examples = all.examples;
    for (const PackedCommand& kept : commands_) {
        const Addresses& addresses = addresses_[all.commands.size()];
        const Seldom seldom = kept.seldom == 0 ? Seldom() : seldom_[kept.seldom - 1];
        Command& command = all.commands.emplace_back();
        for (std::size_t i = 0; i < kept.texts.size(); ++i)
            command.*command_texts[i] = Text(texts_ + kept.texts[i]);
        copy_properties(kept, command);
        command.options = Options(addresses.options, kept.options);
        command.run = addresses.run;
        command.examples = examples.first(kept.examples);
        examples = examples.subspan(kept.examples);
        command.then = seldom.then;
        command.tabulate = seldom.tabulate;
        command.check = seldom.check;
    }
    return all;
}

std::span<const Command> Table::list() const {
    static std::mutex mutex;
    static std::unordered_map<const PackedCommand*, Unpacked> tables;
    const std::scoped_lock lock(mutex);
    Unpacked& table = tables[commands_.data()];
    if (table.commands.empty()) table = unpacked();
    return table.commands;
}

}  // namespace azid::spec
