// Everything outside the program that a command may touch, handed in by main: so that tests can stand in for
// it.
#pragma once

#include "core/base/state.hpp"
#include "core/base/time.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azid {
class Random;
}

namespace azid::app {

struct Environment {
    std::function<std::optional<std::string>(std::string_view name)> variable;  // of the process environment
    // All of the process environment, in its order.
    std::function<std::vector<std::pair<std::string, std::string>>()> variables;
    std::function<std::string()> login_name;  // of the password database; empty when it has none
    std::function<Instant()> now;             // by the machine; the state's clock is in core/clock
    Random* random = nullptr;
    std::function<std::string(int bits)> make_key;  // an RSA private key, PEM; slow
    std::function<std::unique_ptr<State>(const std::string& path)> open_state;
    std::function<std::optional<std::string>(const std::string& path)>
        read_file;  // "-" is stdin; empty: unreadable
    // Writes a file, replacing what it held. Throws Error (fault::client) with the system's reason.
    std::function<void(const std::string& path, std::string_view content)> write_file;
    std::function<bool(const std::string& path)> exists;  // a file or a folder
    // The same for its owner's eyes alone: a private key.
    std::function<void(const std::string& path, std::string_view content)> write_private_file;
    // Writes all of it; false when the other end is gone (a closed pipe). Throws Error (fault::client) on
    // other failures.
    std::function<bool(std::string_view)> write_out;
    std::function<void(std::string_view)> write_error;
    std::function<std::optional<std::string>()> read_line;  // from stdin
    // Ends the process with a command's exit code, where there is nothing else in it: the system takes back
    // memory, files and locks sooner than the program could give them back. Empty: the code is returned.
    std::function<void(int code)> leave;
    bool stdin_is_terminal = false;
    bool stdout_is_terminal = false;
    bool stderr_is_terminal = false;
    int columns = 80;
};

// The real one: process environment, system clock, getrandom(2), OpenSSL keys, terminal. open_state is left
// to main.
Environment system_environment();

// --state FILE, else $AZID_STATE, else $XDG_STATE_HOME/azid/state.db, else ~/.local/state/azid/state.db.
std::string state_path(const Environment& environment, std::string_view given);

// $AZID_NOW, the instant that takes the place of the state's clock for one command. Empty where it is not
// set, or to nothing. Throws Error (fault::usage) for what is no instant.
std::optional<Instant> instant_of_variable(const Environment& environment);

}  // namespace azid::app
