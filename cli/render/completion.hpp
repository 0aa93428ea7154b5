// What may come next on a command line, and the scripts by which shells ask for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid::render {

struct Candidate {
    std::string text;
    std::string help;  // may be empty
};

// What to offer: words known from the command tables, and perhaps values known only to the state or the disk.
struct Completion {
    std::vector<Candidate> candidates;
    std::string kind;  // "group", "vm", "role", "file" ...: Option::completes; empty when no value is wanted
    // What narrows the values down: the resource group named on the line, or the word before one without an
    // option. Empty when there is none.
    std::string group;
    std::string prefix;  // what the values must begin with
    std::string before;  // "--name=" where the value is written together with its option
};

// words: the line without the program's name, up to and with the word that is being typed, which may be
// empty.
Completion completion_of(const std::vector<std::string>& words);

// The script for "bash", "zsh", "fish" or "powershell". It asks `azid completion suggest` at every tab, so it
// needs no change when commands do. Empty for another shell.
std::string_view completion_script(std::string_view shell);

}  // namespace azid::render
