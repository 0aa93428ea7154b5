#include "core/rbac/condition_regex.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <utility>
#include <vector>

namespace azid::rbac::condition {

namespace {

using Set = std::bitset<256>;

constexpr int deepest_nesting = 100;
constexpr size_t longest_program = 20000;

struct Step {
    enum class Kind { characters, split, jump, begin, end, done };
    Kind kind = Kind::done;
    Set characters;
    int to = 0;     // of split and jump, relative to the step itself
    int other = 0;  // of split
};
using Program = std::vector<Step>;

Set range(unsigned char from, unsigned char to) {
    Set set;
    for (int c = from; c <= to; ++c) set.set(static_cast<size_t>(c));
    return set;
}

// \d \w \s and their opposites. False when the letter names no class.
bool named_class(char letter, Set& set) {
    switch (letter) {
        case 'd':
        case 'D':
            set = range('0', '9');
            break;
        case 'w':
        case 'W':
            set = range('0', '9') | range('a', 'z') | range('A', 'Z') | range('_', '_');
            break;
        case 's':
        case 'S':
            set = range(' ', ' ') | range('\t', '\r');
            break;
        default:
            return false;
    }
    if (letter < 'a') set.flip();
    return true;
}

char other_case(char c) {
    if (c >= 'a' && c <= 'z') return static_cast<char>(c - 'a' + 'A');
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
    return c;
}

void append(Program& to, const Program& what) { to.insert(to.end(), what.begin(), what.end()); }

Step split(int to, int other) {
    Step step;
    step.kind = Step::Kind::split;
    step.to = to;
    step.other = other;
    return step;
}
Step jump(int to) {
    Step step;
    step.kind = Step::Kind::jump;
    step.to = to;
    return step;
}
int length(const Program& program) { return static_cast<int>(program.size()); }

class Compiler {
  public:
    explicit Compiler(std::string_view pattern) : pattern_(pattern) {}

    Program whole() {
        Program program = alternatives();
        if (at_ < pattern_.size()) refuse("a ')' too many");
        program.emplace_back();
        return program;
    }

  private:
    [[noreturn]] void refuse(std::string_view problem) const {
        throw Error(
            fault::invalid_condition,
            fmt::format("The condition is not valid: '{}' is no regular expression: {}.", pattern_, problem));
    }
    bool more() const { return at_ < pattern_.size(); }
    char here() const { return pattern_[at_]; }
    bool took(char c) {
        if (!more() || here() != c) return false;
        ++at_;
        return true;
    }

    Program alternatives() {
        if (++depth_ > deepest_nesting) refuse("nested too deeply");
        Program left = sequence();
        while (took('|')) {
            const Program right = sequence();
            Program both{split(1, length(left) + 2)};
            append(both, left);
            both.push_back(jump(length(right) + 1));
            append(both, right);
            left = std::move(both);
        }
        --depth_;
        return left;
    }

    Program sequence() {
        Program program;
        while (more() && here() != '|' && here() != ')') {
            append(program, repeated(atom()));
            if (program.size() > longest_program) refuse("too long");
        }
        return program;
    }

    Program atom() {
        if (took('(')) {
            if (took('?') && !took(':')) refuse("of the forms (?...) only (?:...) is known");
            Program inner = alternatives();
            if (!took(')')) refuse("a ')' is missing");
            return inner;
        }
        Step step;
        step.kind = Step::Kind::characters;
        const char c = pattern_[at_++];
        if (c == '^') {
            step.kind = Step::Kind::begin;
        } else if (c == '$') {
            step.kind = Step::Kind::end;
        } else if (c == '.') {
            step.characters = ~range('\n', '\n');
        } else if (c == '[') {
            step.characters = bracket();
        } else if (c == '\\') {
            step.characters = escape();
        } else if (c == '*' || c == '+' || c == '?') {
            refuse(fmt::format("nothing stands before '{}'", c));
        } else {
            step.characters.set(static_cast<unsigned char>(c));
        }
        return {step};
    }

    Set escape() {
        if (!more()) refuse("it ends with a backslash");
        const char letter = pattern_[at_++];
        Set set;
        if (named_class(letter, set)) return set;
        if (letter == 'n') return range('\n', '\n');
        if (letter == 't') return range('\t', '\t');
        if (letter == 'r') return range('\r', '\r');
        if ((letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
            (letter >= 'A' && letter <= 'Z'))
            refuse(fmt::format("'\\{}' is not known", letter));
        set.set(static_cast<unsigned char>(letter));
        return set;
    }

    Set bracket() {
        const bool inverted = took('^');
        Set set;
        bool first = true;
        while (first || !more() || here() != ']') {
            if (!more()) refuse("a ']' is missing");
            first = false;
            const char from = pattern_[at_++];
            if (from == '\\') {
                set |= escape();
            } else if (at_ + 1 < pattern_.size() && here() == '-' && pattern_[at_ + 1] != ']') {
                const char to = pattern_[at_ + 1];
                at_ += 2;
                if (static_cast<unsigned char>(to) < static_cast<unsigned char>(from))
                    refuse("a range runs backwards");
                set |= range(static_cast<unsigned char>(from), static_cast<unsigned char>(to));
            } else {
                set.set(static_cast<unsigned char>(from));
            }
        }
        ++at_;
        return inverted ? ~set : set;
    }

    int count() {
        int value = 0;
        const size_t from = at_;
        while (more() && here() >= '0' && here() <= '9' && value <= 1000)
            value = value * 10 + (pattern_[at_++] - '0');
        if (from == at_ || value > 1000) refuse("a count between 0 and 1000 was expected");
        return value;
    }

    static Program maybe(const Program& what, const Program& rest) {
        Program program{split(1, length(what) + length(rest) + 1)};
        append(program, what);
        append(program, rest);
        return program;
    }
    static Program many(const Program& what) {
        Program program{split(1, length(what) + 2)};
        append(program, what);
        program.push_back(jump(-length(what) - 1));
        return program;
    }

    Program repeated(Program what) {
        int least = 1;
        int most = 1;  // -1: any number
        if (took('*')) {
            least = 0, most = -1;
        } else if (took('+')) {
            most = -1;
        } else if (took('?')) {
            least = 0;
        } else if (took('{')) {
            least = most = count();
            if (took(',')) most = more() && here() != '}' ? count() : -1;
            if (!took('}')) refuse("a '}' is missing");
            if (most != -1 && most < least) refuse("a range runs backwards");
        } else {
            return what;
        }
        took('?');  // lazy: the same matches
        if (what.size() * static_cast<size_t>(std::max(least, most) + 1) > longest_program)
            refuse("too long");
        Program program;
        for (int i = most; i > least; --i) program = maybe(what, program);
        if (most == -1) program = many(what);
        Program all;
        for (int i = 0; i < least; ++i) append(all, what);
        append(all, program);
        return all;
    }

    std::string_view pattern_;
    size_t at_ = 0;
    int depth_ = 0;
};

// The set of steps that a run through the text may be at.
class Positions {
  public:
    explicit Positions(const Program& program) : program_(&program), seen_(program.size(), 0) {}

    void add(size_t start, bool at_begin, bool at_end) {
        pending_.push_back(start);
        while (!pending_.empty()) {
            const size_t at = pending_.back();
            pending_.pop_back();
            if (seen_[at]) continue;
            seen_[at] = 1;
            const Step& step = (*program_)[at];
            const auto target = [&](int by) {
                return static_cast<size_t>(static_cast<std::ptrdiff_t>(at) + by);
            };
            switch (step.kind) {
                case Step::Kind::done:
                    done_ = true;
                    break;
                case Step::Kind::characters:
                    waiting_.push_back(at);
                    break;
                case Step::Kind::jump:
                    pending_.push_back(target(step.to));
                    break;
                case Step::Kind::begin:
                    if (at_begin) pending_.push_back(at + 1);
                    break;
                case Step::Kind::end:
                    if (at_end) pending_.push_back(at + 1);
                    break;
                case Step::Kind::split:
                    pending_.push_back(target(step.other));
                    pending_.push_back(target(step.to));
                    break;
            }
        }
    }
    bool done() const { return done_; }
    const std::vector<size_t>& waiting() const { return waiting_; }
    void clear() {
        seen_.assign(seen_.size(), 0);
        waiting_.clear();
    }

  private:
    const Program* program_;
    std::vector<char> seen_;
    std::vector<size_t> waiting_;
    std::vector<size_t> pending_;
    bool done_ = false;
};

}  // namespace

void check_regex(std::string_view pattern) { Compiler(pattern).whole(); }

bool regex_search(std::string_view pattern, std::string_view text, bool ignore_case) {
    const Program program = Compiler(pattern).whole();
    Positions here(program);
    Positions next(program);
    here.add(0, true, text.empty());
    for (size_t i = 0; i < text.size() && !here.done(); ++i) {
        const auto exact = static_cast<unsigned char>(text[i]);
        const auto other = static_cast<unsigned char>(ignore_case ? other_case(text[i]) : text[i]);
        next.clear();
        for (const size_t at : here.waiting()) {
            const bool fits = program[at].characters.test(exact) || program[at].characters.test(other);
            if (fits) next.add(at + 1, false, i + 1 == text.size());
        }
        next.add(0, false, i + 1 == text.size());
        std::swap(here, next);
    }
    return here.done();
}

}  // namespace azid::rbac::condition
