#include "fuzz/support/invent.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace azid::fuzz {

namespace {

constexpr std::size_t longest = 4096;
constexpr std::array<std::string_view, 12> numbers = {"0",
                                                      "-1",
                                                      "1",
                                                      "255",
                                                      "65536",
                                                      "2147483648",
                                                      "9223372036854775807",
                                                      "-9223372036854775808",
                                                      "1e308",
                                                      "0.00000001",
                                                      "4294967296",
                                                      "007"};

}  // namespace

std::size_t Inventor::below(std::size_t limit) { return limit == 0 ? 0 : dice_() % limit; }

void Inventor::learn(std::string input) {
    constexpr std::size_t most = 20'000;
    ++learnt_;
    if (inputs_.size() < most)
        inputs_.push_back(std::move(input));
    else
        inputs_[below(inputs_.size())] = std::move(input);
}

void Inventor::change(std::string& text) {
    enum { flip, replace, insert, remove, repeat, word, number, splice, cross, kinds };
    constexpr std::size_t short_piece = 24;
    const std::size_t at = below(text.size() + 1);
    const std::size_t size = std::min(below(short_piece) + 1, text.size() - at);
    switch (below(kinds)) {
        case flip:
            if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
            break;
        case replace:
            if (at < text.size()) text[at] = static_cast<char>(below(256));
            break;
        case insert:
            text.insert(at, 1, static_cast<char>(below(256)));
            break;
        case remove:
            text.erase(at, size);
            break;
        case repeat: {
            const std::string piece = text.substr(at, size);
            for (std::size_t times = below(4) + 1; times > 0; --times) text.insert(at, piece);
            break;
        }
        case word:
            if (!words_.empty()) text.replace(at, below(2) * size, any(words_));
            break;
        case number:
            text.replace(at, below(2) * size, numbers[below(numbers.size())]);
            break;
        case splice: {
            const std::string& other = any(inputs_);
            const std::size_t from = below(other.size() + 1);
            text.replace(at, below(2) * size, other, from, below(short_piece * 4));
            break;
        }
        default: {
            const std::string& other = any(inputs_);
            text = text.substr(0, at) +
                   other.substr(std::min(other.size(), below(2) == 0 ? at : below(other.size() + 1)));
        }
    }
    if (text.size() > longest) text.resize(longest);
}

std::string Inventor::next() {
    std::string text = any(inputs_);
    for (std::size_t changes = 1 + below(2) * below(5); changes > 0; --changes) change(text);
    return text;
}

std::vector<std::string> dictionary(const std::string& path) {
    constexpr int hexadecimal = 16;
    std::vector<std::string> words;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.size() < 2 || line.front() != '"' || line.back() != '"') continue;
        std::string word;
        for (std::size_t i = 1; i + 1 < line.size(); ++i) {
            if (line[i] == '\\' && line[i + 1] == 'x') {
                word += static_cast<char>(std::stoi(line.substr(i + 2, 2), nullptr, hexadecimal));
                i += 3;
            } else {
                if (line[i] == '\\') ++i;
                word += line[i];
            }
        }
        words.push_back(word);
    }
    return words;
}

}  // namespace azid::fuzz
