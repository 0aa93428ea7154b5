// The commands of a noun as the program keeps them: without addresses, as their options are
// (cli/spec/packed.hpp), but for those of functions and of options. A table is unpacked when one of its
// commands is first asked for.
#pragma once

#include "cli/spec/packed_texts.hpp"
#include "cli/spec/spec.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>

namespace azid::spec {

// The name is the first: the names of a table lie next to each other, where a command is looked for.
inline constexpr Text Command::*command_texts[] = {&Command::name,    &Command::summary, &Command::table,
                                                   &Command::confirm, &Command::details, &Command::instead};

static_assert(sizeof(Command) == 15 * sizeof(void*), "what a command has more has to be packed too");

struct PackedExample {
    TextPlace title = 0;
    TextPlace line = 0;
};

struct PackedCommand {
    std::array<TextPlace, std::size(command_texts)> texts{};
    std::uint8_t options = 0;   // how many
    std::uint8_t examples = 0;  // how many; they follow those of the command before
    std::uint8_t seldom = 0;    // which of the table's Seldom, counted from 1; 0 without
    bool supports_ids = false;
    bool aaz = false;
    bool own = false;
    bool stateless = false;
    bool anonymous = false;
    bool reads = false;
    bool raw = false;
    Stage stage{};
};

// From a Command to a PackedCommand, or back.
template <class From, class To>
constexpr void copy_properties(const From& from, To& to) {
    to.supports_ids = from.supports_ids;
    to.aaz = from.aaz;
    to.own = from.own;
    to.stateless = from.stateless;
    to.anonymous = from.anonymous;
    to.reads = from.reads;
    to.raw = from.raw;
    to.stage = from.stage;
}

// The addresses that a command has.
struct Addresses {
    Run run = nullptr;
    const PackedOption* options = nullptr;
};

// The addresses that few commands have.
struct Seldom {
    Then then = nullptr;
    Tabulate tabulate = nullptr;
    Check check = nullptr;
};

// Whether a command has one of those.
constexpr bool has_seldom(const Command& command) {
    return command.then != nullptr || command.tabulate != nullptr || command.check != nullptr;
}

// All of a table that has no addresses.
template <std::size_t count, std::size_t examples_count, std::size_t room>
struct PackedCommands {
    std::array<PackedCommand, count> commands{};
    std::array<PackedExample, examples_count> examples{};
    PackedTexts<room> texts{};
};

// The commands of a noun.
class Table {
  public:
    // The parts of a packed table, in the order in which they are asked for.
    constexpr Table(std::span<const PackedCommand> commands, const char* texts, const Addresses* addresses,
                    const Seldom* seldom, const PackedExample* examples)
        : commands_(commands), texts_(texts), addresses_(addresses), seldom_(seldom), examples_(examples) {}

    // How many commands there are.
    std::size_t size() const { return commands_.size(); }

    // The name of a command, for which nothing is unpacked.
    Text name(std::size_t command) const { return texts_ + commands_[command].texts.front(); }

    // The commands, which stay where they are until the program ends. May be asked from several threads.
    std::span<const Command> list() const;

  private:
    struct Unpacked;
    Unpacked unpacked() const;

    std::span<const PackedCommand> commands_;
    const char* texts_;
    const Addresses* addresses_;
    const Seldom* seldom_;
    const PackedExample* examples_;
};

// The room that the texts of a table and of its examples take.
template <const auto& table>
consteval std::size_t room_of_commands() {
    std::size_t room = no_texts;
    for (const Command& command : table) {
        for (Text Command::*const text : command_texts) room += room_of(command.*text);
        for (const Example& example : command.examples)
            room += room_of(example.title) + room_of(example.line);
    }
    return room;
}

// How many examples a table's commands have together.
template <const auto& table>
consteval std::size_t examples_of() {
    std::size_t count = 0;
    for (const Command& command : table) count += command.examples.size();
    return count;
}

// How many of a table's commands have a Seldom.
template <const auto& table>
consteval std::size_t seldom_of() {
    return static_cast<std::size_t>(std::count_if(std::begin(table), std::end(table), has_seldom));
}

// A number in the one byte that a PackedCommand has for it; that it fits is seen at compile time.
consteval std::uint8_t byte_of(std::size_t count) {
    return count <= std::numeric_limits<std::uint8_t>::max() ? static_cast<std::uint8_t>(count)
                                                             : throw "a PackedCommand has no room for this";
}

// The PackedCommands of a table.
template <const auto& table>
consteval auto pack_commands() {
    PackedCommands<std::size(table), examples_of<table>(), room_of_commands<table>()> packed;
    std::size_t end = no_texts;
    for (std::size_t t = 0; t < std::size(command_texts); ++t)
        for (std::size_t i = 0; i < std::size(table); ++i)
            packed.commands[i].texts[t] = put(table[i].*command_texts[t], packed.texts, end);
    std::size_t next_example = 0;
    std::size_t met_seldom = 0;
    for (std::size_t i = 0; i < std::size(table); ++i) {
        const Command& command = table[i];
        PackedCommand& kept = packed.commands[i];
        copy_properties(command, kept);
        kept.options = byte_of(command.options.size());
        kept.examples = byte_of(command.examples.size());
        if (has_seldom(command)) kept.seldom = byte_of(++met_seldom);
        for (const Example& example : command.examples)
            packed.examples[next_example++] = {put(example.title, packed.texts, end),
                                               put(example.line, packed.texts, end)};
    }
    return packed;
}

// The Addresses of a table's commands, in their order.
template <const auto& table>
consteval auto pack_addresses() {
    std::array<Addresses, std::size(table)> packed;
    for (std::size_t i = 0; i < packed.size(); ++i) packed[i] = {table[i].run, table[i].options.packed()};
    return packed;
}

// The Seldom of those of a table's commands that have one.
template <const auto& table>
consteval auto pack_seldom() {
    std::array<Seldom, seldom_of<table>()> packed;
    std::size_t next = 0;
    for (const Command& command : table)
        if (has_seldom(command)) packed[next++] = {command.then, command.tabulate, command.check};
    return packed;
}

template <const auto& table>
inline constexpr auto packed_table = pack_commands<table>();
template <const auto& table>
inline constexpr auto packed_addresses = pack_addresses<table>();
template <const auto& table>
inline constexpr auto packed_seldom = pack_seldom<table>();

// A table of commands, packed: "Table identity_commands() { return packed_commands<table>(); }". The table
// itself is then not in the program.
template <const auto& table>
Table packed_commands() {
    return Table(packed_table<table>.commands, packed_table<table>.texts.data(),
                 packed_addresses<table>.data(), packed_seldom<table>.data(),
                 packed_table<table>.examples.data());
}

}  // namespace azid::spec
