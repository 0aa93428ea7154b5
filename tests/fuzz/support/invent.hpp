// Inputs made of others by chance, for builds without libFuzzer.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace azid::fuzz {

class Inventor {
  public:
    Inventor(std::vector<std::string> inputs, std::vector<std::string> words, std::uint64_t seed)
        : inputs_(std::move(inputs)), words_(std::move(words)), dice_(seed) {}

    // One of the inputs with a few changes: bytes, words of the dictionary, pieces doubled, taken away or
    // taken from another input.
    std::string next();
    // An input that did something new, to begin from as well.
    void learn(std::string input);
    std::size_t learnt() const { return learnt_; }

  private:
    std::size_t below(std::size_t limit);
    const std::string& any(const std::vector<std::string>& of) { return of[below(of.size())]; }
    void change(std::string& text);

    std::vector<std::string> inputs_;
    std::vector<std::string> words_;
    std::mt19937_64 dice_;
    std::size_t learnt_ = 0;
};

// The words of a dictionary in libFuzzer's form: one "text" a line, with \\, \" and \xAB.
std::vector<std::string> dictionary(const std::string& path);

}  // namespace azid::fuzz
