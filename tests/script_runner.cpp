// Runs a shell session written down as a text and compares what it prints.
//
//   script_runner AZID FILE [SHELL]
//
// In the file, lines indented by two blanks are the session: "  $ command", "  > more of it", then exactly
// what it prints (stdout and stderr as they come), then "  ? 3" when the exit status is not 0. All other
// lines are comments. The whole file runs in one shell, in a new empty folder with its own HOME and
// AZID_STATE and azid first in PATH. A file whose first line is "needs: PROGRAM" is skipped, visibly and with
// status 77, where PROGRAM is not installed ("needs: PROGRAM ARGUMENTS": where that fails). With
// AZID_UPDATE_SCRIPTS=1 the file is rewritten to what the session printed.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
constexpr const char* marker = "@@azid-step@@";

struct Step {
    std::string comment;  // the unindented lines before it
    std::string command;  // may have several lines
    std::string expected;
};

struct Script {
    std::vector<Step> steps;
    std::string tail;
};

Script read_script(std::istream& in) {
    Script script;
    std::string comment;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("  $ ")) {
            script.steps.push_back({comment, line.substr(4) + "\n", ""});
            comment.clear();
        } else if (line.starts_with("  > ") && !script.steps.empty() &&
                   script.steps.back().expected.empty() && comment.empty()) {
            script.steps.back().command += line.substr(4) + "\n";
        } else if (line.starts_with("  ") && !script.steps.empty() && comment.empty()) {
            script.steps.back().expected += line.substr(2) + "\n";
        } else {
            comment += line + "\n";
        }
    }
    script.tail = comment;
    return script;
}

std::string shell_text(const Script& script) {
    std::string text;
    for (const Step& step : script.steps)
        text += step.command + "printf '\\n" + std::string(marker) + "%d\\n' $?\n";
    return text;
}

std::string quoted(const std::string& text) { return "'" + text + "'"; }

// What each step printed, with its "? status" line. Fewer than the steps when the shell ended early.
std::vector<std::string> outputs(const std::string& everything) {
    std::vector<std::string> found;
    std::size_t at = 0;
    for (;;) {
        const std::size_t end = everything.find(std::string("\n") + marker, at);
        if (end == std::string::npos) return found;
        std::string text = everything.substr(at, end - at);
        if (!text.empty() && !text.ends_with('\n')) text += '\n';
        const std::size_t digits = end + 1 + std::string(marker).size();
        const std::size_t line_end = everything.find('\n', digits);
        const std::string status = everything.substr(digits, line_end - digits);
        if (status != "0") text += "? " + status + "\n";
        found.push_back(text);
        at = line_end + 1;
    }
}

std::string indented(const std::string& text, const char* first, const char* rest) {
    std::istringstream lines(text);
    std::string out;
    const char* prefix = first;
    for (std::string line; std::getline(lines, line); prefix = rest)
        out += line.empty() ? "  \n" : prefix + line + "\n";
    return out;
}

std::string run_shell(const std::string& shell, const std::string& azid, const std::string& text,
                      const fs::path& file) {
    std::string pattern = (fs::temp_directory_path() / "azid-script-XXXXXX").string();
    const fs::path work = mkdtemp(pattern.data());
    fs::create_directory(work / "home");
    std::ofstream(work / ".session") << text;
    const std::string folder = fs::path(azid).parent_path().string();
    const std::string command =
        "cd " + quoted(work.string()) + " && env -i PATH=" + quoted(folder) +
        ":/usr/local/bin:/usr/bin:/bin LC_ALL=C.UTF-8 HOME=" + quoted((work / "home").string()) +
        " AZID_STATE=" + quoted((work / "state.db").string()) +
        " SCRIPTS=" + quoted(file.parent_path().string()) + " " + shell + " ./.session 2>&1 </dev/null";
    std::FILE* pipe = popen(command.c_str(), "r");
    std::string everything;
    char block[4096];
    for (std::size_t got = 0; (got = std::fread(block, 1, sizeof block, pipe)) > 0;)
        everything.append(block, got);
    pclose(pipe);
    fs::remove_all(work);
    return everything;
}

int compare(const Script& script, const std::vector<std::string>& printed, const std::string& file) {
    int failed = 0;
    for (std::size_t i = 0; i < script.steps.size(); ++i) {
        const std::string got = i < printed.size() ? printed[i] : "(the shell ended before this step)\n";
        if (got == script.steps[i].expected) continue;
        ++failed;
        std::cout << file << ": $ " << script.steps[i].command << "--- expected\n"
                  << script.steps[i].expected << "--- printed\n"
                  << got << "---\n";
    }
    std::cout << script.steps.size() - static_cast<std::size_t>(failed) << " passed, " << failed
              << " failed\n";
    return failed == 0 && !script.steps.empty() ? 0 : 1;
}

void update(const Script& script, const std::vector<std::string>& printed, const fs::path& file) {
    std::ofstream out(file);
    for (std::size_t i = 0; i < script.steps.size(); ++i)
        out << script.steps[i].comment << indented(script.steps[i].command, "  $ ", "  > ")
            << (i < printed.size() ? indented(printed[i], "  ", "  ") : "");
    out << script.tail;
}

bool missing_program(const fs::path& file) {
    std::ifstream in(file);
    std::string first;
    std::getline(in, first);
    if (!first.starts_with("needs: ")) return false;
    const std::string wanted = first.substr(7);
    const std::string trial = wanted.find(' ') == std::string::npos ? "command -v " + wanted : wanted;
    return std::system((trial + " >/dev/null 2>&1").c_str()) != 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::cerr << "usage: script_runner AZID FILE [SHELL]\n";
        return 2;
    }
    const fs::path file = fs::absolute(argv[2]);
    if (missing_program(file)) {
        std::cout << "skipped: " << file.filename().string() << " needs a program that is not installed\n";
        return 77;
    }
    std::ifstream in(file);
    const Script script = read_script(in);
    const std::string shell = argc > 3 ? argv[3] : "sh";
    const std::vector<std::string> printed =
        outputs(run_shell(shell, fs::absolute(argv[1]).string(), shell_text(script), file));
    if (std::getenv("AZID_UPDATE_SCRIPTS") != nullptr) {
        update(script, printed, file);
        return 0;
    }
    return compare(script, printed, file.filename().string());
}
