#include "cli/parse/suggest.hpp"

namespace azid::parse {
namespace {

struct Block {
    std::size_t left = 0;
    std::size_t right = 0;
    std::size_t size = 0;
};

// The longest common run; of equal ones the first in left, then the first in right.
Block longest_run(std::string_view left, std::string_view right) {
    Block best;
    std::vector<std::size_t> ending(right.size() + 1, 0);  // length of the run ending before right[j]
    for (std::size_t i = 0; i < left.size(); ++i) {
        for (std::size_t j = right.size(); j > 0; --j) {
            ending[j] = left[i] == right[j - 1] ? ending[j - 1] + 1 : 0;
            const std::size_t size = ending[j];
            const Block here{i + 1 - size, j - size, size};
            if (size > best.size ||
                (size != 0 && size == best.size && here.left == best.left && here.right < best.right))
                best = here;
        }
    }
    return best;
}

std::size_t matching(std::string_view left, std::string_view right) {
    const Block run = longest_run(left, right);
    if (run.size == 0) return 0;
    return run.size + matching(left.substr(0, run.left), right.substr(0, run.right)) +
           matching(left.substr(run.left + run.size), right.substr(run.right + run.size));
}

// A word longer than any command is no misspelling of one; it is not worth the quadratic work.
constexpr std::size_t longest_word = 200;

}  // namespace

double likeness(std::string_view text, std::string_view pattern) {
    const std::size_t length = text.size() + pattern.size();
    if (length == 0) return 1.0;
    return 2.0 * static_cast<double>(matching(text, pattern)) / static_cast<double>(length);
}

std::string closest(std::string_view word, const std::vector<std::string>& candidates) {
    std::string best;
    double best_likeness = 0.7;
    if (word.size() > longest_word) return best;
    for (const std::string& candidate : candidates) {
        const double value = likeness(candidate, word);
        if (value > best_likeness || (value == best_likeness && candidate > best)) {
            best = candidate;
            best_likeness = value;
        }
    }
    return best;
}

}  // namespace azid::parse
