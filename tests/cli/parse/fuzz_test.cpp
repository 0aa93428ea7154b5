#include "cli/parse/parse.hpp"
#include "cli/render/completion.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace azid;

namespace {

// Words as they might be typed: names of commands and options, values, and any bytes.
class Typist {
  public:
    Typist() {
        for (const spec::Command* command : spec::commands()) {
            commands_.emplace_back(command->name);
            for (const spec::Option& option : command->options) options_.emplace_back(option.names);
        }
    }

    std::vector<std::string> line() {
        std::vector<std::string> words;
        if (below(10) != 0) add_words(commands_[below(commands_.size())], words);
        for (std::size_t count = below(8); count > 0; --count) {
            switch (below(6)) {
                case 0:
                    add_words(options_[below(options_.size())], words);
                    break;
                case 1:
                    words.push_back(cut(options_[below(options_.size())]));
                    break;
                case 2:
                    words.push_back(cut(options_[below(options_.size())]) + "=" + bytes());
                    break;
                case 3:
                    words.push_back(odd_[below(std::size(odd_))]);
                    break;
                default:
                    words.push_back(bytes());
            }
        }
        return words;
    }

  private:
    std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }

    void add_words(const std::string& text, std::vector<std::string>& words) {
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find(' ', at), text.size());
            words.push_back(text.substr(at, end - at));
            at = end + 1;
        }
    }

    std::string cut(const std::string& text) { return text.substr(0, below(text.size() + 1)); }

    std::string bytes() {
        std::string text;
        for (std::size_t size = below(12); size > 0; --size) text += static_cast<char>(1 + below(255));
        return text;
    }

    static constexpr const char* odd_[] = {"",       " ",   "-",  "--",  "---",     "--=", "-=",   "-o",
                                           "-ojson", "-yh", "[]", "{}",  "[a",      "a,b", ":",    "@x",
                                           "@",      "-1",  "%s", "++x", "--query", "-h",  "--ids"};
    std::mt19937 random_{20740};
    std::vector<std::string> commands_;
    std::vector<std::string> options_;
};

}  // namespace

TEST_CASE("however odd, a command line is understood or refused with a message") {
    Typist typist;
    std::size_t refused = 0;
    for (int i = 0; i < 4000; ++i) {
        const std::vector<std::string> line = typist.line();
        CAPTURE(join(line, "|"));
        render::completion_of(line);
        try {
            const parse::Parsed parsed = parse::parse(line, {});
            std::vector<std::string> warnings;
            if (parsed.command != nullptr && !parsed.globals.help)
                parse::split_ids(*parsed.command, parsed.args, warnings);
        } catch (const Error& error) {
            CHECK_FALSE(error.message().empty());
            ++refused;
        }
    }
    CHECK(refused > 100);
}
