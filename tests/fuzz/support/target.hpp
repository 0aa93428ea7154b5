// What a fuzz target is: a function that takes bytes, and a way to say that what they did is wrong.
#pragma once

#include <cstddef>
#include <string_view>

namespace azid::fuzz {

struct Target {
    std::string_view name;
    // Does everything with the input and checks what has to hold. Whatever it throws is a finding.
    void (*take)(std::string_view input);
};

// Makes a target known to the program that it is linked into. One object of this in each target's source.
class Registration {
  public:
    explicit Registration(const Target& target);
};

// Null when no such target is linked in. An empty name gives the first.
const Target* find_target(std::string_view name);

// Runs the target on the input. Says what is wrong, with the input's beginning, and aborts the program where
// a property is broken, something unexpected is thrown, or more than `most_seconds` of processor time go by.
void run(const Target& target, std::string_view input);

// The processor time that one input may cost; builds with sanitizers get more, for they are slower.
double most_seconds();

// Aborts the program, naming the property, unless it holds. More is told of what broke it where given.
void require(bool holds, std::string_view property, std::string_view found = {});

// Tells what the input led to: a kind of refusal, a status. Where nothing else shows which ways an input
// took, one that led to something new is worth building on. Digits and what stands between quotation marks
// make no difference.
void reached(std::string_view outcome);

// Whether something was reached since the last time that this was asked that never was before.
bool something_new();

// What is left of the input is taken apart from the front; an input that is over gives zeros and empty texts.
class Input {
  public:
    explicit Input(std::string_view bytes) : left_(bytes) {}

    // Up to the next line feed, which is taken away too.
    std::string_view line();
    unsigned char byte();
    // A number below the limit, which is 1 to 65536.
    std::size_t below(std::size_t limit);
    std::string_view rest();
    bool is_over() const { return left_.empty(); }

  private:
    std::string_view left_;
};

}  // namespace azid::fuzz
