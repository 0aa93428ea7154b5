// The state file as the rest of the program sees it; store/ implements it on SQLite.
#pragma once

#include "core/base/session.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace azid {

namespace snapshot {
class File;
}

// One open transaction. Rolled back when destroyed without commit().
class Transaction {
  public:
    virtual ~Transaction() = default;
    // A session on this transaction's stores, at the instant that the state's clock shows while the machine's
    // shows `machine`. It must not outlive the transaction.
    virtual Session session(Caller caller, Instant machine, Random& random, KeyPool& keys) = 0;
    // From here on all ids, secrets and keys are drawn from the seed, in this transaction's next session and
    // in all that follow on this state: the same commands give the same again.
    virtual void plant(std::string_view seed) = 0;
    // Leaves the state as empty as a new one, to be seeded in this same transaction.
    virtual void erase_everything() = 0;
    // Makes everything durable. Throws Error (fault::state) when it cannot: nothing has happened then.
    virtual void commit() = 0;
};

class State {
  public:
    virtual ~State() = default;
    // Waits for other writers (a few seconds at most). Throws Error (fault::state) when the file is locked,
    // read-only or full.
    virtual std::unique_ptr<Transaction> begin() = 0;
    // The same for what may be lost when the machine loses its power: what it changes is in the file when it
    // is committed, but the disk is not waited for. What others commit is as safe as ever.
    virtual std::unique_ptr<Transaction> begin_lightly() = 0;
    // A transaction that only reads: it waits for nobody, and saving on it is an Error (fault::state).
    virtual std::unique_ptr<Transaction> begin_reading() = 0;
    // A number that is another one as soon as anybody but this State has committed anything; it says nothing
    // to other States. Waits for nobody. Throws Error (fault::state) when the file is not to be read.
    virtual std::int64_t version() = 0;
    // From here on keeps in memory what it has read, for as long as nobody else commits anything and it
    // writes no more than tokens and what happened: for a State that answers for tokens alone.
    virtual void remember() = 0;
    // Moves everything into the main file, so that a copy of it alone is whole.
    virtual void checkpoint() = 0;
    virtual const std::string& path() const = 0;
    // The seed of a state that gives the same in every run; empty for any other.
    virtual std::string seed() = 0;
    // The transactions from here on are taken back together, under this name: a command's, a request's.
    virtual void name_work(std::string_view name) = 0;
    // The state as one thing: to copy, compare, replace, take back.
    virtual snapshot::File& file() = 0;
    // Whether the file holds no tenant yet: seed it.
    virtual bool is_new() = 0;
};

}  // namespace azid
