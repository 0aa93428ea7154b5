#include "cli/server/log_writer.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

using azid::server::LogWriter;

namespace {

// A reader that reads nothing before it is let.
struct Reader {
    std::promise<void> gate;
    std::shared_future<void> open = gate.get_future().share();
    std::atomic<bool> asked = false;
    std::mutex mutex;
    std::string text;
    LogWriter::Write function() {
        return [this](std::string_view more) {
            asked = true;
            open.wait();
            const std::lock_guard<std::mutex> lock(mutex);
            text += more;
        };
    }
};

}  // namespace

TEST_CASE("what is logged arrives in its order") {
    Reader reader;
    reader.gate.set_value();
    {
        LogWriter log(reader.function());
        for (int i = 0; i < 100; ++i) log.write(std::to_string(i) + "\n");
    }
    std::string wanted;
    for (int i = 0; i < 100; ++i) wanted += std::to_string(i) + "\n";
    CHECK(reader.text == wanted);
}

TEST_CASE("a reader that stalls holds nobody up, and is told what it missed") {
    Reader reader;
    const std::string line(1000, 'x');
    {
        LogWriter log(reader.function());
        log.write(line + "\n");
        while (!reader.asked) std::this_thread::yield();
        for (int i = 0; i < 5000; ++i) log.write(line + "\n");
        reader.gate.set_value();
        for (;;) {
            const std::lock_guard<std::mutex> lock(reader.mutex);
            if (reader.text.size() > 900'000) break;
        }
        log.write("after\n");
    }
    CHECK(reader.text.find("lines are left out here: nobody read them\nafter\n") != std::string::npos);
    CHECK(reader.text.size() < 2'500'000);
}
