// Replays the usage errors recorded from the real az, as far as its argument parser made them.
#include "cli/parse/parse.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <set>

using namespace azid;

namespace {

struct Transcript {
    std::string line;
    std::vector<std::string> argv;
    int exit_code = 0;
    std::string error;  // the text after "ERROR: "
};

// The transcripts name their arguments unquoted, separated by one blank; a blank at the end is an empty
// argument.
std::vector<Transcript> transcripts(std::istream& file) {
    std::vector<Transcript> all;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("### az")) {
            const std::string words = line.size() > 7 ? line.substr(7) : "";
            all.push_back({line, words.empty() ? std::vector<std::string>() : split(words, ' '), 0, ""});
        } else if (!all.empty() && line.starts_with("exit=")) {
            all.back().exit_code = std::stoi(line.substr(5));
        } else if (!all.empty() && line.starts_with("ERROR: ") && all.back().error.empty()) {
            all.back().error = line.substr(7);
        }
    }
    return all;
}

// Errors with exit code 2 that az's commands make themselves, after parsing.
bool made_by_a_command(const Transcript& transcript) {
    return transcript.error.ends_with("is not a valid ID") ||
           transcript.line.starts_with("### az keyvault secret set") ||
           transcript.line.starts_with("### az monitor");  // the monitor module of the recorded az was broken
}

struct Outcome {
    bool in_scope = true;
    int exit_code = 0;
    std::string error;
};

Outcome replay(const std::vector<std::string>& argv) {
    try {
        const parse::Parsed parsed = parse::parse(argv, {});
        std::vector<std::string> warnings;
        if (parsed.command != nullptr && !parsed.globals.help)
            parse::split_ids(*parsed.command, parsed.args, warnings);
        return {};
    } catch (const Error& error) {
        const bool in_scope = error.fault().code != fault::not_modelled.code;
        return {in_scope, error.fault().exit_code, error.message()};
    }
}

}  // namespace

TEST_CASE("usage errors are az's, text and exit code") {
    std::ifstream file(AZID_SHARED_DIR "/az-contract/errs.txt");
    if (!file) {
        MESSAGE("skipped: the contract is not here");
        return;
    }
    std::size_t compared = 0;
    std::set<std::string> out_of_scope;
    for (const Transcript& transcript : transcripts(file)) {
        CAPTURE(transcript.line);
        const Outcome outcome = replay(transcript.argv);
        if (!outcome.in_scope) {
            out_of_scope.insert(transcript.line);
            continue;
        }
        if (outcome.exit_code == 0 && (transcript.exit_code != 2 || made_by_a_command(transcript))) continue;
        CHECK(outcome.exit_code == transcript.exit_code);
        CHECK(outcome.error == transcript.error);
        ++compared;
    }
    MESSAGE(compared << " usage errors compared; " << out_of_scope.size()
                     << " transcripts of commands azid does not have");
    for (const std::string& line : out_of_scope) MESSAGE("not in azid: " << line);
    CHECK(compared > 5);
}
