#include "support/terminal.hpp"

#include "cli/app/run.hpp"
#include "store/state.hpp"
#include "support/keys.hpp"

namespace azid::test {

Terminal::Terminal() : environment(app::system_environment()) {
    variables["AZID_STATE"] = state();
    variables["HOME"] = folder_.path();
    environment.variable = [this](std::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(std::string(name));
        if (found == variables.end()) return {};
        return found->second;
    };
    environment.variables = [this] {
        return std::vector<std::pair<std::string, std::string>>(variables.begin(), variables.end());
    };
    environment.now = test_instant;
    environment.random = &random_;
    environment.open_state = [](const std::string& path) { return store::open_state(path); };
    environment.write_out = [this](std::string_view text) {
        printed_.out += text;
        return true;
    };
    environment.write_error = [this](std::string_view text) { printed_.error += text; };
    environment.read_line = [this]() -> std::optional<std::string> {
        if (answers.empty()) return {};
        std::string line = answers.front();
        answers.erase(answers.begin());
        return line;
    };
    environment.stdin_is_terminal = false;
    environment.stdout_is_terminal = false;
    environment.stderr_is_terminal = false;
}

Printed Terminal::run(const std::vector<std::string>& argv) {
    printed_ = {};
    printed_.exit_code = app::run(argv, environment);
    return printed_;
}

}  // namespace azid::test
