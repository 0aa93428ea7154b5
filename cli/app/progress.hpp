// How far something that takes its time has come, on one line of a terminal's stderr; nothing where stderr
// is no terminal.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace azid::app {

struct Environment;

class ProgressLine {
  public:
    ProgressLine(const Environment& environment, std::string what);
    // Takes the line away again.
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    // To be told, as often as one likes, how far things are: 0 to 1. Empty where nobody would see it. It
    // must not outlive the line.
    std::function<void(double)> progress() const;

  private:
    struct Shown;
    std::unique_ptr<Shown> shown_;
};

}  // namespace azid::app
