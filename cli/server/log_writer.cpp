#include "cli/server/log_writer.hpp"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace azid::server {

namespace {

constexpr std::size_t most_waiting = 1024 * 1024;
constexpr std::chrono::milliseconds last_moment{500};

}  // namespace

struct LogWriter::Queue {
    explicit Queue(Write function) : write(std::move(function)) {}

    // The thread's work.
    void run() {
        std::unique_lock<std::mutex> lock(mutex);
        for (;;) {
            changed.wait(lock, [&] { return ending || !text.empty(); });
            if (text.empty()) break;
            const std::string now = std::exchange(text, {});
            lock.unlock();
            write(now);
            lock.lock();
        }
        ended = true;
        changed.notify_all();
    }

    void add(std::string more) {
        const std::lock_guard<std::mutex> lock(mutex);
        if (text.size() + more.size() > most_waiting) {
            ++left_out;
            return;
        }
        if (left_out > 0)
            text += fmt::format("WARNING: {} lines are left out here: nobody read them\n",
                                std::exchange(left_out, 0));
        text += more;
        changed.notify_all();
    }

    // False when the time was too short.
    bool end() {
        std::unique_lock<std::mutex> lock(mutex);
        ending = true;
        changed.notify_all();
        return changed.wait_for(lock, last_moment, [&] { return ended; });
    }

    const Write write;
    std::mutex mutex;  // of all that follows
    std::condition_variable changed;
    std::string text;
    std::size_t left_out = 0;
    bool ending = false;
    bool ended = false;
};

LogWriter::LogWriter(Write write) : queue_(std::make_shared<Queue>(std::move(write))) {}

LogWriter::~LogWriter() {
    if (begun_) queue_->end();
}

void LogWriter::write(std::string text) {
    queue_->add(std::move(text));
    if (std::exchange(begun_, true)) return;
    std::thread([queue = queue_] { queue->run(); }).detach();
}

}  // namespace azid::server
