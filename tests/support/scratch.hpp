// A folder of a test's own, a state file in it, and sessions on that.
#pragma once

#include "core/base/keys.hpp"
#include "core/base/random.hpp"
#include "core/base/state.hpp"

#include <functional>
#include <string>

namespace azid::test {

// A fresh folder, removed with all that is in it.
class ScratchFolder {
  public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    // The path of a file in it.
    std::string file(const std::string& name) const { return path_ + "/" + name; }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

// The same bytes in every run.
class CountingRandom : public Random {
  public:
    std::string bytes(std::size_t count) override;

  private:
    unsigned next_ = 0;
};

// The instant of every test session: 2025-01-02T03:04:05.123456Z.
Instant test_instant();

// Runs the function in a transaction and commits it.
void write(State& state, const std::function<void(Session&)>& work);
// The same, without waiting for the disk.
void write_lightly(State& state, const std::function<void(Session&)>& work);
// Runs the function in a transaction that only reads.
void read(State& state, const std::function<void(Session&)>& work);

// Keeps a value under that name in a transaction of its own, and reads it in another; "none" where there is
// none.
void note_value(State& state, const std::string& name, const std::string& value);
std::string noted_value(State& state, const std::string& name);

std::string contents(const std::string& path);
void write_file(const std::string& path, const std::string& text);

}  // namespace azid::test
