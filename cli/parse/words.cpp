#include "cli/parse/words.hpp"

#include "cli/parse/hints.hpp"
#include "cli/parse/suggest.hpp"
#include "cli/spec/az_names.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/standard.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azid::parse {
namespace {

bool is_option(std::string_view argument) { return argument.size() > 1 && argument.front() == '-'; }

bool asks_for_help(std::string_view argument) {
    return argument == "-h" || (argument.size() > 2 && std::string_view("--help").starts_with(argument));
}

// Whether the argument is an option of every command whose value stands in the next argument.
bool takes_next(std::string_view argument) {
    return std::any_of(std::begin(spec::globals), std::end(spec::globals), [&](const spec::Option& option) {
        return option.arity == spec::Arity::one && spec::has_word(option.names, argument);
    });
}

// What follows the group's name in a longer name; empty when the name does not go on from the group.
std::string_view below(std::string_view name, std::string_view group) {
    if (group.empty()) return name;
    if (!name.starts_with(group) || !name.substr(group.size()).starts_with(' ')) return {};
    return name.substr(group.size() + 1);
}

// The words that may follow the group's name, in az or in azid.
std::vector<std::string> children(std::string_view group) {
    std::vector<std::string> names = spec::az_children(group);
    for (const spec::Command* command : spec::commands()) {
        std::string_view rest = below(command->name, group);
        const std::string_view word = spec::next_word(rest);
        if (!word.empty() && std::find(names.begin(), names.end(), word) == names.end())
            names.emplace_back(word);
    }
    return names;
}

Error not_had(std::string_view name) {
    return Error(fault::not_modelled,
                 fmt::format("azid does not have '{}'. It imitates virtual machines, managed "
                             "identities and what they work with.",
                             name))
        .with_hint("All that it has: azid --help");
}

class Resolver {
  public:
    explicit Resolver(const std::vector<std::string>& argv) : argv_(argv) {}

    Words run() {
        for (; next_ < argv_.size(); ++next_) {
            const std::string& argument = argv_[next_];
            if (is_option(argument)) {
                if (asks_for_help(argument)) return help();
                if (next_ == 0 && (argument == "--version" || argument == "-v"))
                    return {nullptr, "", true, 1};
                strayed_ = true;
                if (takes_next(argument)) ++next_;
            } else if (next_ == 0 && iequals(argument, "help")) {
                return help();
            } else if (const spec::Command* command = step(argument)) {
                return {command, "", false, next_ + 1};
            }
        }
        if (argv_.empty()) return help();
        if (only_az_) throw not_had(group_);
        throw usage_error(group_, group_.empty() ? "the following arguments are required: _command_package"
                                                 : "the following arguments are required: _subcommand");
    }

  private:
    // One word further: into a group, which gives null, or to a command.
    const spec::Command* step(const std::string& word) {
        const std::string name = group_.empty() ? lower(word) : group_ + " " + lower(word);
        if (const spec::Command* command = spec::find_command(name)) {
            // Options stand behind all of the words: az then no longer knows the last one.
            if (strayed_) throw misspelled(word, "");
            return command;
        }
        if (!spec::is_group(name)) {
            const spec::AzName known = spec::az_name(name);
            if (known == spec::AzName::command) throw not_had(name);
            if (known == spec::AzName::unknown) {
                if (only_az_) throw not_had(group_);
                throw misspelled(word, closest(word, children(group_)));
            }
            only_az_ = true;
        }
        group_ = name;
        return nullptr;
    }

    Words help() const {
        if (only_az_) throw not_had(group_);
        return {nullptr, group_, false, argv_.size()};
    }

    Error misspelled(const std::string& word, std::string_view suggestion) const {
        return usage_error(group_, fmt::format("'{}' is misspelled or not recognized by the system.", word),
                           suggestion);
    }

    const std::vector<std::string>& argv_;
    std::size_t next_ = 0;
    std::string group_;
    bool only_az_ = false;  // the group is one of az's that azid has nothing of
    bool strayed_ = false;  // an option stood among the words
};

}  // namespace

Words resolve(const std::vector<std::string>& argv) { return Resolver(argv).run(); }

}  // namespace azid::parse
