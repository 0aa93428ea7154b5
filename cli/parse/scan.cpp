#include "cli/parse/scan.hpp"

#include "cli/parse/hints.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <limits>

namespace azid::parse {
namespace {

std::size_t most_values(spec::Arity arity) {
    switch (arity) {
        case spec::Arity::flag:
            return 0;
        case spec::Arity::one:
        case spec::Arity::single:
        case spec::Arity::optional:
        case spec::Arity::three_state:
            return 1;
        case spec::Arity::any:
        case spec::Arity::some:
            break;
    }
    return std::numeric_limits<std::size_t>::max();
}

class Scanner {
  public:
    Scanner(const spec::Command& command, const Options& options, const std::vector<std::string>& arguments)
        : command_(command), options_(options), arguments_(arguments) {
        for (const spec::Option* option : options.all())
            if (!option->names.starts_with('-')) positionals_.push_back(option);
    }

    Scanned run() {
        while (next_ < arguments_.size() && !scanned_.problem) {
            const std::string& argument = arguments_[next_];
            if (argument == "--" && !only_values_) {
                only_values_ = true;
                ++next_;
                if (positionals_.empty()) scanned_.extras.push_back(argument);
            } else if (is_value(next_)) {
                take_positional();
            } else {
                ++next_;
                take_option(argument);
            }
        }
        return std::move(scanned_);
    }

  private:
    bool is_value(std::size_t at) const {
        return only_values_ || (arguments_[at] != "--" && options_.read(arguments_[at]).empty());
    }

    std::vector<std::string> values(std::size_t most) {
        std::vector<std::string> taken;
        while (taken.size() < most && next_ < arguments_.size() && is_value(next_))
            taken.push_back(arguments_[next_++]);
        return taken;
    }

    void take_positional() {
        if (positionals_.empty()) {
            scanned_.extras.push_back(arguments_[next_++]);
            return;
        }
        const spec::Option* option = positionals_.front();
        positionals_.erase(positionals_.begin());
        scanned_.occurrences.push_back(
            {option, std::string(option->names), positional_values(most_values(option->arity))});
    }

    // A "--" among them is no value: all that follows is.
    std::vector<std::string> positional_values(std::size_t most) {
        std::vector<std::string> taken = values(most);
        if (taken.size() == most || only_values_ || next_ >= arguments_.size() || arguments_[next_] != "--")
            return taken;
        only_values_ = true;
        ++next_;
        for (std::string& value : values(most - taken.size())) taken.push_back(std::move(value));
        return taken;
    }

    void take_option(const std::string& argument) {
        const std::vector<Reading> readings = options_.read(argument);
        if (readings.size() > 1) {
            scanned_.problem = ambiguous(argument, readings);
            return;
        }
        Reading reading = readings.front();
        if (reading.option == nullptr) {
            scanned_.extras.push_back(argument);
            return;
        }
        while (reading.option->arity == spec::Arity::flag && reading.attached)
            if (!take_flag(reading)) return;
        add(reading);
    }

    // A flag with something attached: "-yn" are the flags -y and -n. False when the rest names no option.
    bool take_flag(Reading& reading) {
        const std::string rest = *reading.attached;
        if (reading.with_equals || rest.empty() || rest.front() == '-') {
            scanned_.problem = usage_error(
                command_, fmt::format("argument {}: ignored explicit argument '{}'",
                                      replace_all(std::string(reading.option->names), " ", "/"), rest));
            return false;
        }
        reading.attached.reset();
        add(reading);
        const std::string spelling = "-" + rest.substr(0, 1);
        const spec::Option* option = options_.exact(spelling);
        if (option == nullptr) {
            scanned_.extras.push_back("-" + rest);
            return false;
        }
        reading = {option, spelling, {}, false};
        if (rest.size() > 1) {
            reading.with_equals = rest[1] == '=';
            reading.attached = rest.substr(reading.with_equals ? 2 : 1);
        }
        return true;
    }

    void add(const Reading& reading) {
        Occurrence occurrence{reading.option, reading.spelling, {}};
        if (reading.attached)
            occurrence.values.push_back(*reading.attached);
        else
            occurrence.values = values(most_values(reading.option->arity));
        scanned_.help = scanned_.help || reading.option->key == "_help";
        scanned_.occurrences.push_back(std::move(occurrence));
    }

    Error ambiguous(const std::string& argument, const std::vector<Reading>& readings) const {
        std::vector<std::string> spellings;
        for (const Reading& reading : readings) spellings.push_back(reading.spelling);
        return usage_error(
            command_, fmt::format("ambiguous option: {} could match {}", argument, join(spellings, ", ")));
    }

    const spec::Command& command_;
    const Options& options_;
    const std::vector<std::string>& arguments_;
    std::vector<const spec::Option*> positionals_;
    std::size_t next_ = 0;
    bool only_values_ = false;
    Scanned scanned_;
};

}  // namespace

Scanned scan(const spec::Command& command, const Options& options,
             const std::vector<std::string>& arguments) {
    return Scanner(command, options, arguments).run();
}

}  // namespace azid::parse
