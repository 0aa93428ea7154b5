// The values of one command's options, by az's own names for them ("dest").
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::app {

class Args {
  public:
    // Puts a value in place of whatever was there. An empty list means "given without a value".
    void set(std::string_view key, std::vector<std::string> values);
    void erase(std::string_view key);

    // Whether the option was given, by the user, a default of its own or a configured default.
    bool given(std::string_view key) const;
    // The value; empty when not given. Of several, the last.
    std::string text(std::string_view key) const;
    std::optional<std::string> value(std::string_view key) const;
    // All values; empty when not given or given without any.
    std::vector<std::string> list(std::string_view key) const;
    // Flags and three-state options: given and not "false".
    bool flag(std::string_view key) const;
    // Empty when not given.
    std::optional<bool> three_state(std::string_view key) const;

    // The value of an option for whole numbers as Azure's requests hold it, in 32 bits; 0 when not given.
    // Throws Error (InvalidRequestContent) for more.
    int number(std::string_view key) const;
    // The same of what never leaves the terminal, like how many items to show: what is too much counts as the
    // most.
    std::int64_t count(std::string_view key) const;
    // The value of an option for real numbers; 0 when not given. Throws Error (InvalidRequestContent) beyond
    // a double.
    double real(std::string_view key) const;

    // Whether the user wrote it, as against a configured default (for conflicts between options).
    bool typed(std::string_view key) const;
    void mark_configured(std::string_view key);

  private:
    struct Value {
        std::vector<std::string> values;
        bool configured = false;
    };
    std::map<std::string, Value, std::less<>> values_;
};

// The digits of a whole number in 32 bits, as Args::number.
int number_of(std::string_view digits);

}  // namespace azid::app
