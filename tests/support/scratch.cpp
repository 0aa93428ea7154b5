#include "support/scratch.hpp"

#include "core/account/ports.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace azid::test {

ScratchFolder::ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "azid-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
    path_ = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string CountingRandom::bytes(std::size_t count) {
    std::string bytes;
    while (bytes.size() < count) bytes += static_cast<char>(++next_);
    return bytes;
}

Instant test_instant() { return from_unix_seconds(1735787045) + std::chrono::microseconds(123456); }

namespace {
void run(Transaction& transaction, const std::function<void(Session&)>& work) {
    CountingRandom random;
    KeyPool keys;
    Session session = transaction.session(Caller{}, test_instant(), random, keys);
    work(session);
}
}  // namespace

void write(State& state, const std::function<void(Session&)>& work) {
    const std::unique_ptr<Transaction> transaction = state.begin();
    run(*transaction, work);
    transaction->commit();
}

void write_lightly(State& state, const std::function<void(Session&)>& work) {
    const std::unique_ptr<Transaction> transaction = state.begin_lightly();
    run(*transaction, work);
    transaction->commit();
}

void read(State& state, const std::function<void(Session&)>& work) {
    const std::unique_ptr<Transaction> transaction = state.begin_reading();
    run(*transaction, work);
}

void note_value(State& state, const std::string& name, const std::string& value) {
    write(state, [&](Session& session) { session.account.save_setting("test", name, value); });
}

std::string noted_value(State& state, const std::string& name) {
    std::string value;
    read(state, [&](Session& session) { value = session.account.setting("test", name).value_or("none"); });
    return value;
}

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
}

}  // namespace azid::test
