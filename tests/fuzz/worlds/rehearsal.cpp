#include "fuzz/worlds/rehearsal.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/events/ports.hpp"
#include "core/imds/ports.hpp"
#include "fuzz/worlds/box.hpp"

#include <optional>
#include <string_view>
#include <utility>

namespace azid::fuzz {

// The held tokens as a transaction that only reads has them.
class TokensToRead : public imds::Store {
  public:
    explicit TokensToRead(imds::Store& all) : all_(all) {}

    std::optional<imds::CachedToken> find_token(std::string_view host_id, std::string_view principal_id,
                                                std::string_view resource) override {
        return all_.find_token(host_id, principal_id, resource);
    }
    void save(imds::CachedToken token) override { all_.save(std::move(token)); }
    void expect_saving() override { throw imds::WritingWanted(); }
    void forget_tokens(std::string_view host_id, std::string_view principal_id) override {
        all_.forget_tokens(host_id, principal_id);
    }
    const std::vector<imds::CachedToken>& in_mind() const override { return all_.in_mind(); }
    void write_down() override { all_.write_down(); }
    void forget() override { all_.forget(); }

  private:
    imds::Store& all_;
};

// One transaction of the program's, as a savepoint within the whole. What store/state.cpp does when one
// begins and ends is done here too.
class Step : public Transaction {
  public:
    Step(Rehearsal& rehearsal, bool reading) : rehearsal_(rehearsal), reading_(reading) {
        // What a server's other threads would write belongs to no input in particular.
        if (rehearsal_.player_ != std::this_thread::get_id() || !rehearsal_.all_)
            throw Error(fault::state, "Nothing is rehearsed here.");
        sql("SAVEPOINT step");
        if (reading_) sql("PRAGMA query_only = ON");
        own().events.forget();
        own().imds.forget();
    }

    ~Step() override {
        if (reading_) sql("PRAGMA query_only = OFF");
        if (is_open_) sql("ROLLBACK TO step; RELEASE step");
    }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

    Session session(Caller caller, Instant machine, Random& random, KeyPool& keys) override {
        Session all = rehearsal_.all_->session(std::move(caller), machine, random, keys);
        if (!reading_) return all;
        return Session{std::move(all.caller),
                       all.now,
                       all.random,
                       all.keys,
                       all.arm,
                       all.entra,
                       all.msi,
                       all.rbac,
                       all.compute,
                       tokens_.emplace(all.imds),
                       all.keyvault,
                       all.storage,
                       all.account,
                       all.events};
    }

    void plant(std::string_view seed) override { rehearsal_.all_->plant(seed); }
    void erase_everything() override {
        throw Error(fault::state, "A state that is rehearsed on is not begun anew.");
    }

    void commit() override {
        if (!reading_) {
            own().imds.write_down();
            events::Report report = own().events.report();
            if (report.run.status.empty()) report.run.status = "Succeeded";
            if (!report.empty()) own().events.write(report);
        }
        sql("RELEASE step");
        is_open_ = false;
    }

  private:
    void sql(const char* text) const { run_sql(rehearsal_.box_.connection(), text); }

    Session& own() {
        if (!own_) own_.emplace(session({}, rehearsal_.box_.now(), dice_, keys_));
        return *own_;
    }

    Rehearsal& rehearsal_;
    bool reading_;
    bool is_open_ = true;
    Dice dice_;
    KeyPool keys_;
    std::optional<Session> own_;
    std::optional<TokensToRead> tokens_;
};

class Door : public State {
  public:
    explicit Door(Rehearsal& rehearsal) : rehearsal_(rehearsal) {}

    std::unique_ptr<Transaction> begin() override { return std::make_unique<Step>(rehearsal_, false); }
    std::unique_ptr<Transaction> begin_lightly() override { return begin(); }
    std::unique_ptr<Transaction> begin_reading() override { return std::make_unique<Step>(rehearsal_, true); }
    std::int64_t version() override { return rehearsal_.box_.state().version(); }
    void remember() override {}  // what it reads is taken back
    void checkpoint() override {}
    const std::string& path() const override { return rehearsal_.box_.state().path(); }
    std::string seed() override { return rehearsal_.box_.state().seed(); }
    void name_work(std::string_view) override {}
    snapshot::File& file() override {
        throw Error(fault::state, "A state that is rehearsed on is no whole file.");
    }
    bool is_new() override { return false; }

  private:
    Rehearsal& rehearsal_;
};

Rehearsal::Rehearsal(Box& box) : box_(box), player_(std::this_thread::get_id()) {}

Rehearsal::~Rehearsal() = default;

void Rehearsal::play(const std::function<void()>& work) {
    all_ = box_.state().begin();
    try {
        work();
    } catch (...) {
        all_.reset();
        throw;
    }
    all_.reset();
}

std::unique_ptr<State> Rehearsal::door() { return std::make_unique<Door>(*this); }

std::unique_ptr<Watch> Rehearsal::watch() { return std::make_unique<Watch>(box_.connection()); }

}  // namespace azid::fuzz
