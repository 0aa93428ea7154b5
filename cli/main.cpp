// Wires the program together; nothing else.
#include "cli/app/environment.hpp"
#include "cli/app/run.hpp"
#include "store/state.hpp"

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>
#include <array>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace {

// Where a caller has closed one of them, no file that the program opens may take its place.
void hold_standard_streams() {
    for (int stream = 0; stream <= 2; ++stream)
        if (fcntl(stream, F_GETFD) < 0) (void)open("/dev/null", O_RDWR);
}

// A command needs most of a megabyte at once, and has it but once: not in steps of 128 KiB, given back
// between.
void ask_for_memory_in_large_steps() {
    mallopt(M_TOP_PAD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
}

// glibc keeps seven freed pieces of memory of each size at hand for a thread, and a token's parts are more.
// The number can be given only before a program starts, so that a server starts twice; not so where a
// sanitizer has taken glibc's place.
void keep_more_memory_at_hand(char** argv) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    static_cast<void>(argv);
#else
    constexpr const char* variable = "GLIBC_TUNABLES";
    constexpr std::string_view setting = "glibc.malloc.tcache_count=100";
    if (argv[0] == nullptr || argv[1] == nullptr || std::string_view(argv[1]) != "serve") return;
    const char* const set = std::getenv(variable);
    if (set != nullptr && set == setting) unsetenv(variable);  // nor is it for those that the server starts
    if (set != nullptr) return;
    setenv(variable, setting.data(), 1);
    std::array<char, PATH_MAX> program{};
    if (readlink("/proc/self/exe", program.data(), program.size() - 1) > 0) execv(program.data(), argv);
    unsetenv(variable);  // then without
#endif
}

[[noreturn]] void leave(int code) {
    std::fflush(nullptr);
    std::_Exit(code);
}

}  // namespace

int main(int argc, char** argv) {
    keep_more_memory_at_hand(argv);
    ask_for_memory_in_large_steps();
    hold_standard_streams();
    for (const int signal : {SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_IGN);  // the call fails instead
    try {
        azid::app::Environment environment = azid::app::system_environment();
        environment.leave = leave;
        environment.open_state = [&environment](const std::string& path) {
            constexpr std::chrono::seconds patience{5};
            return azid::store::open_state(path, patience, azid::app::instant_of_variable(environment));
        };
        return azid::app::run(std::vector<std::string>(argv + 1, argv + argc), environment);
    } catch (const std::bad_alloc&) {
        std::fputs("ERROR: There is not enough memory for this.\n", stderr);
        return 1;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "ERROR: %s\n", problem.what());
        return 1;
    }
}
