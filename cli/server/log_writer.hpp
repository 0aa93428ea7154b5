// Writes lines to a stream whose reader may stall without whoever writes them ever waiting for it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace azid::server {

class LogWriter {
  public:
    using Write = std::function<void(std::string_view)>;

    // The function is called on a thread of its own, which begins with the first text and may outlive this
    // object where the function does not come back: it must not refer to what does not last as long as the
    // process.
    explicit LogWriter(Write write);
    // What is still to be written gets a moment for it.
    ~LogWriter();
    LogWriter(const LogWriter&) = delete;
    LogWriter& operator=(const LogWriter&) = delete;

    // Takes a text of whole lines. Beyond 1 MiB that nobody has read, texts are left out, and a line says how
    // many once there is room again. Called on one thread.
    void write(std::string text);

  private:
    struct Queue;
    std::shared_ptr<Queue> queue_;
    bool begun_ = false;
};

}  // namespace azid::server
