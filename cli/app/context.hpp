// What a command function is given.
#pragma once

#include "cli/app/args.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
#include <vector>

namespace azid {
class State;
}

namespace azid::app {

struct Environment;

// Lines for stderr, printed once the command is over. --only-show-errors drops warnings.
struct Messages {
    std::vector<std::string> warnings;
    void warn(std::string text) { warnings.push_back(std::move(text)); }
};

struct Context {
    const Args& args;
    Messages& messages;
    const Environment& environment;
    std::string state_path;    // where the state file is, or would be
    std::string subscription;  // id of the subscription to work in; empty when nobody is signed in
    Session* open = nullptr;   // null for commands that need no state

    // The session of the command's transaction; only for commands that are not stateless.
    Session& session() const { return *open; }
    // "/subscriptions/..." of the subscription to work in.
    std::string subscription_scope() const;
    // The resource group of -g, as a scope.
    std::string group_scope() const;
};

// The value of --tags as JSON: null when not given, {} for --tags '' or nothing after it, {"a":"b","c":""}
// for "a=b c".
Json tags_of(const Args& args);

// Asks the question on the terminal until the answer is y or n. Throws Error (fault::client) "Operation
// cancelled." after n, or without a terminal (then with the warning az gives).
void confirm(const Environment& environment, Messages& messages, const std::string& question);

}  // namespace azid::app
