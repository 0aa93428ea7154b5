// The options of the commands as the program keeps them: without addresses. An address in a table has to be
// filled in by the loader whenever the program starts, and there are thirty thousand of them; so a text is
// kept as its place among the texts of its list, and a list is unpacked when it is first asked for.
#pragma once

#include "cli/spec/option.hpp"
#include "cli/spec/packed_texts.hpp"

#include <array>
#include <cstddef>
#include <iterator>
#include <span>

namespace azid::spec {

inline constexpr Text Option::*option_texts[] = {&Option::names,   &Option::key,       &Option::help,
                                                 &Option::choices, &Option::fallback,  &Option::configured,
                                                 &Option::id_part, &Option::completes, &Option::section,
                                                 &Option::why,     &Option::retired,   &Option::instead};

static_assert(sizeof(Option) == 15 * sizeof(Text), "what an option has more has to be packed too");

struct PackedOption {
    std::array<TextPlace, std::size(option_texts)> texts{};
    Arity arity{};
    Status status{};
    ValueType type{};
    Stage stage{};
    bool required = false;
    bool own = false;
    bool hidden = false;
    bool append = false;
};

// From an Option to a PackedOption, or back.
template <class From, class To>
constexpr void copy_all_but_texts(const From& from, To& to) {
    to.arity = from.arity;
    to.status = from.status;
    to.type = from.type;
    to.stage = from.stage;
    to.required = from.required;
    to.own = from.own;
    to.hidden = from.hidden;
    to.append = from.append;
}

template <std::size_t count, std::size_t room>
struct PackedOptions {
    std::array<PackedOption, count> options{};
    PackedTexts<room> texts{};
};

using OneOption = PackedOptions<1, 1>;
static_assert(offsetof(OneOption, texts) == sizeof(PackedOption),
              "a list looks for its texts right behind its options");

// A command's list of options.
class Options {
  public:
    constexpr Options() = default;
    // The options of a PackedOptions, with its texts behind them.
    constexpr Options(const PackedOption* options, std::size_t count) : options_(options), count_(count) {}

    // The list, which stays where it is until the program ends. May be asked from several threads.
    std::span<const Option> list() const;

    auto begin() const { return list().begin(); }
    auto end() const { return list().end(); }
    constexpr std::size_t size() const { return count_; }
    constexpr bool empty() const { return count_ == 0; }
    constexpr const PackedOption* packed() const { return options_; }  // what it was made of

  private:
    const PackedOption* options_ = nullptr;
    std::size_t count_ = 0;
};

// The room that the texts of a table take.
template <const auto& table>
consteval std::size_t room_of_options() {
    std::size_t room = no_texts;
    for (const Option& option : table)
        for (Text Option::*const text : option_texts) room += room_of(option.*text);
    return room;
}

// The PackedOptions of a table.
template <const auto& table>
consteval auto pack() {
    PackedOptions<std::size(table), room_of_options<table>()> packed;
    std::size_t end = no_texts;
    for (std::size_t i = 0; i < std::size(table); ++i) {
        PackedOption& kept = packed.options[i];
        for (std::size_t t = 0; t < kept.texts.size(); ++t)
            kept.texts[t] = put(table[i].*option_texts[t], packed.texts, end);
        copy_all_but_texts(table[i], kept);
    }
    return packed;
}

template <const auto& table>
inline constexpr auto packed_options = pack<table>();

// A table of options, packed: ".options = packed<show_options>". The table itself is then not in the program.
template <const auto& table>
inline constexpr Options packed{packed_options<table>.options.data(), std::size(table)};

}  // namespace azid::spec
