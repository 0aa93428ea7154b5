// The whole program in one process: argv in, what it prints and its exit code out, on a state file of its
// own.
#pragma once

#include "cli/app/environment.hpp"
#include "support/scratch.hpp"

#include <map>
#include <string>
#include <vector>

namespace azid::test {

struct Printed {
    int exit_code = 0;
    std::string out;
    std::string error;
};

class Terminal {
  public:
    Terminal();

    // What the program finds: change it between runs.
    std::map<std::string, std::string> variables;
    app::Environment environment;
    std::vector<std::string> answers;  // lines that somebody types, taken from the front

    // The path of the state file that every run works on.
    std::string state() const { return folder_.file("state.db"); }
    const ScratchFolder& folder() const { return folder_; }

    Printed run(const std::vector<std::string>& argv);

  private:
    ScratchFolder folder_;
    CountingRandom random_;
    Printed printed_;
};

}  // namespace azid::test
