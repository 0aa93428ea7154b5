// Runs one fuzz target over the inputs that are kept: corpus/TARGET and regressions/TARGET below the working
// folder, or the files and folders given. It needs no clang, so that what a fuzzer once found stays mended
// everywhere. With a number of seconds or of executions it goes on with inputs of its own invention.
// fuzz_cases TARGET [--seconds N | --runs N] [--seed N] [--keep FOLDER] [FILE|FOLDER...]
#include "fuzz/support/invent.hpp"
#include "fuzz/support/target.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> inputs_of(const std::vector<std::string>& places) {
    std::vector<fs::path> inputs;
    for (const std::string& place : places) {
        if (!fs::is_directory(place)) {
            inputs.emplace_back(place);
            continue;
        }
        for (const fs::directory_entry& entry : fs::directory_iterator(place)) inputs.push_back(entry.path());
    }
    std::sort(inputs.begin(), inputs.end());
    return inputs;
}

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

struct Options {
    std::string name;
    double seconds = 0;
    std::uint64_t runs = 0;
    std::uint64_t seed = std::random_device{}();
    std::string keep;  // where an input is written before it is tried; empty: nowhere
    std::vector<std::string> places;
};

Options options_of(const std::vector<std::string>& argv) {
    Options options;
    for (std::size_t i = 0; i < argv.size(); ++i) {
        const bool has_value = i + 1 < argv.size();
        if (argv[i] == "--seconds" && has_value)
            options.seconds = std::stod(argv[++i]);
        else if (argv[i] == "--runs" && has_value)
            options.runs = std::stoull(argv[++i]);
        else if (argv[i] == "--seed" && has_value)
            options.seed = std::stoull(argv[++i]);
        else if (argv[i] == "--keep" && has_value)
            options.keep = argv[++i];
        else if (options.name.empty())
            options.name = argv[i];
        else
            options.places.push_back(argv[i]);
    }
    if (options.places.empty())
        for (const char* const folder : {"corpus/", "regressions/"})
            if (fs::exists(folder + options.name)) options.places.push_back(folder + options.name);
    return options;
}

// The input in hand, for the reproducer when the program is aborted.
std::string in_hand;
std::string reproducer;

extern "C" void keep_reproducer(int) {
    std::ofstream(reproducer, std::ios::binary) << in_hand;
    std::fprintf(stderr, "azid fuzz: reproducer: %s\n", reproducer.c_str());
    std::_Exit(1);
}

std::uint64_t invent(const azid::fuzz::Target& target, const Options& options,
                     std::vector<std::string> inputs) {
    using Clock = std::chrono::steady_clock;
    if (!options.keep.empty()) {
        fs::create_directories(options.keep);
        reproducer = options.keep + "/" + options.name + "-" + std::to_string(options.seed);
        for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS}) std::signal(signal, keep_reproducer);
    }
    std::fprintf(stderr, "seed %llu\n", static_cast<unsigned long long>(options.seed));
    azid::fuzz::Inventor inventor(std::move(inputs), azid::fuzz::dictionary("dictionaries/" + options.name),
                                  options.seed);
    const Clock::time_point begun = Clock::now();
    std::uint64_t done = 0;
    while (options.runs != 0
               ? done < options.runs
               : std::chrono::duration<double>(Clock::now() - begun).count() < options.seconds) {
        in_hand = inventor.next();
        azid::fuzz::run(target, in_hand);
        if (azid::fuzz::something_new()) inventor.learn(in_hand);
        ++done;
    }
    const double took = std::chrono::duration<double>(Clock::now() - begun).count();
    std::printf("%s: %llu executions, %.0f/s, %zu inputs learnt\n", options.name.c_str(),
                static_cast<unsigned long long>(done), static_cast<double>(done) / took, inventor.learnt());
    return done;
}

int run(const Options& options) {
    const azid::fuzz::Target* const target = azid::fuzz::find_target(options.name);
    if (target == nullptr || options.name.empty()) {
        std::fprintf(stderr, "There is no target '%s'.\n", options.name.c_str());
        return 2;
    }
    std::vector<std::string> inputs;
    for (const fs::path& input : inputs_of(options.places)) {
        std::fprintf(stderr, "%s\n", input.c_str());
        inputs.push_back(content(input));
        azid::fuzz::run(*target, inputs.back());
    }
    std::printf("%s: %zu inputs\n", options.name.c_str(), inputs.size());
    if (inputs.empty()) return 1;
    if (options.seconds > 0 || options.runs > 0) invent(*target, options, std::move(inputs));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(options_of(std::vector<std::string>(argv + 1, argv + argc)));
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 2;
    }
}
