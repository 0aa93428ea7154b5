// Replays recordings of the real az: of every command that azid has, the exit code and the lines that begin
// with ERROR: or WARNING: are the same.
#include "cli/parse/parse.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "support/terminal.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

using namespace azid;

namespace {

struct Transcript {
    std::string line;
    std::vector<std::string> argv;
    int exit_code = 0;
    std::vector<std::string> messages;  // "ERROR: ..." and "WARNING: ..." with the lines that belong to them
};

bool begins_message(std::string_view line) {
    return line.starts_with("ERROR: ") || line.starts_with("WARNING: ");
}

std::vector<std::string> messages_in(const std::string& text) {
    std::vector<std::string> found;
    for (const std::string& line : split(text, '\n'))
        if (begins_message(line)) found.push_back(line);
    return found;
}

// The recordings name their arguments unquoted, separated by one blank; a blank at the end is an empty
// argument.
std::vector<Transcript> transcripts(std::istream& file) {
    std::vector<Transcript> all;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("### az")) {
            const std::string words = line.size() > 7 ? line.substr(7) : "";
            all.push_back({line, words.empty() ? std::vector<std::string>() : split(words, ' '), 0, {}});
        } else if (!all.empty() && line.starts_with("exit=")) {
            all.back().exit_code = std::stoi(line.substr(5));
        } else if (!all.empty() && begins_message(line)) {
            all.back().messages.push_back(line);
        }
    }
    return all;
}

// What cannot be the same, and why.
struct Exception {
    std::string_view begins;
    std::string_view why;
};

constexpr Exception exceptions[] = {
    {"### az monitor", "the monitor module of the recorded az was broken"},
    {"### az find", "azid does not have it"},
    {"### az --version", "az looks on the network for a newer one"},
    {"### az -v", "the same"},
    {"### az config get core.output", "it was set before"},
    {"### az login --federated-token", "azid signs its administrator in where az opens a browser"},
};

bool is_exception(const Transcript& transcript) {
    return std::any_of(std::begin(exceptions), std::end(exceptions), [&](const Exception& exception) {
        return transcript.line.starts_with(exception.begins);
    });
}

// Where az itself stumbled: azid has a sentence for it.
bool has_traceback(const Transcript& transcript) {
    return std::any_of(transcript.messages.begin(), transcript.messages.end(), [](const std::string& text) {
        return text.find("Here is the traceback") != std::string::npos;
    });
}

bool is_absent(const std::vector<std::string>& argv) {
    try {
        parse::parse(argv, {});
        return false;
    } catch (const Error& error) {
        return error.fault().code == fault::not_modelled.code;
    }
}

struct Count {
    std::size_t compared = 0;
    std::size_t absent = 0;
};

void replay(const Transcript& transcript, test::Terminal& terminal, Count& count) {
    if (is_exception(transcript)) return;
    if (is_absent(transcript.argv)) {
        ++count.absent;
        return;
    }
    const test::Printed printed = terminal.run(transcript.argv);
    CAPTURE(transcript.line);
    CHECK(printed.exit_code == transcript.exit_code);
    if (!has_traceback(transcript))
        CHECK(join(messages_in(printed.error), "\n") == join(transcript.messages, "\n"));
    ++count.compared;
}

}  // namespace

TEST_CASE("what az says to a wrong line and where nobody is signed in is said word for word") {
    std::ifstream file(AZID_SHARED_DIR "/az-contract/errs.txt");
    if (!file) {
        MESSAGE("skipped: the contract is not here");
        return;
    }
    test::Terminal terminal;
    Count count;
    for (const Transcript& transcript : transcripts(file)) {
        terminal.run({"account", "clear"});
        replay(transcript, terminal, count);
    }
    MESSAGE(count.compared << " recordings compared, " << count.absent
                           << " of commands that azid does not have");
    CHECK(count.compared > 100);
}

TEST_CASE("usage errors among the recorded commands are az's") {
    std::ifstream file(AZID_SHARED_DIR "/az-contract/shapes.txt");
    if (!file) {
        MESSAGE("skipped: the contract is not here");
        return;
    }
    test::Terminal terminal;
    terminal.run({"account", "show"});
    Count count;
    for (const Transcript& transcript : transcripts(file))
        if (transcript.exit_code == 2) replay(transcript, terminal, count);
    MESSAGE(count.compared << " recordings compared, " << count.absent
                           << " of commands that azid does not have");
    CHECK(count.compared > 5);
}
