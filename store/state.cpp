#include "store/state.hpp"

#include "core/account/ports.hpp"
#include "core/arm/ports.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/clock/clock.hpp"
#include "core/compute/ports.hpp"
#include "core/crypto/seeded.hpp"
#include "core/entra/ports.hpp"
#include "core/events/ports.hpp"
#include "core/imds/ports.hpp"
#include "core/keyvault/ports.hpp"
#include "core/msi/ports.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"
#include "core/storage/ports.hpp"
#include "store/clock.hpp"
#include "store/database.hpp"
#include "store/failure.hpp"
#include "store/file.hpp"
#include "store/log.hpp"
#include "store/query.hpp"
#include "store/schema.hpp"
#include "store/stores.hpp"
#include "store/undo.hpp"
#include "store/whole.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cassert>
#include <optional>
#include <vector>

namespace azid::store {

namespace {

struct Stores {
    explicit Stores(Database& database)
        : arm(arm_store(database)),
          entra(entra_store(database)),
          msi(msi_store(database)),
          rbac(rbac_store(database)),
          compute(compute_store(database)),
          imds(imds_store(database)),
          keyvault(keyvault_store(database)),
          storage(storage_store(database)),
          account(account_store(database)),
          events(events_store(database)) {}

    std::unique_ptr<azid::arm::Store> arm;
    std::unique_ptr<azid::entra::Store> entra;
    std::unique_ptr<azid::msi::Store> msi;
    std::unique_ptr<azid::rbac::Store> rbac;
    std::unique_ptr<azid::compute::Store> compute;
    std::unique_ptr<azid::imds::Store> imds;
    std::unique_ptr<azid::keyvault::Store> keyvault;
    std::unique_ptr<azid::storage::Store> storage;
    std::unique_ptr<azid::account::Store> account;
    std::unique_ptr<azid::events::Store> events;
};

bool is_empty(Database& database) {
    return database.number("SELECT NOT EXISTS (SELECT 1 FROM tenants)") != 0;
}

enum class Kind { reading, writing, light };

// How the connection is set up for one transaction; taken back also where that one cannot begin.
class Manner {
  public:
    Manner(Database& database, Kind kind) : database_(database) {
        if (kind != Kind::reading) database_.wait_for_disk(kind != Kind::light);
        database_.refuse_writing(kind == Kind::reading);
    }
    ~Manner() {
        database_.rollback();
        database_.refuse_writing(false);
    }
    Manner(const Manner&) = delete;
    Manner& operator=(const Manner&) = delete;

  private:
    Database& database_;
};

class SqliteTransaction : public Transaction {
  public:
    SqliteTransaction(Database& database, Stores& stores, Kind kind, std::optional<Instant> pinned,
                      std::string_view name, std::int64_t& run)
        : database_(database),
          stores_(stores),
          reading_(kind == Kind::reading),
          lightly_(kind == Kind::light),
          manner_(database, kind),
          pinned_(pinned),
          name_(name),
          run_(run) {
        database_.check_in_place();
        if (!reading_) {
            empty_long_log(database_, lightly_);
            recorder_.emplace(database_);
        }
        if (reading_)
            database_.execute("BEGIN");
        else
            database_.begin_writing();
        database_.look_for_changes();
        // The making of a state is not taken back.
        if (!reading_ && is_empty(database_)) recorder_.reset();
        changes_before_ = database_.total_changes();
        stores_.events->forget();
        stores_.imds->forget();
    }

    Session session(Caller caller, Instant now, Random& random, KeyPool& keys) override {
        Random& dice = dice_of(random, keys);
        now_ = simulated(now);
        return Session{std::move(caller),
                       now_,
                       dice,
                       keys,
                       *stores_.arm,
                       *stores_.entra,
                       *stores_.msi,
                       *stores_.rbac,
                       *stores_.compute,
                       *stores_.imds,
                       *stores_.keyvault,
                       *stores_.storage,
                       *stores_.account,
                       *stores_.events};
    }

    void plant(std::string_view seed) override {
        Query(database_, R"(INSERT INTO seed (id, seed, drawn) VALUES (1, ?, 0)
            ON CONFLICT (id) DO UPDATE SET seed = excluded.seed, drawn = 0)")
            .bind(seed)
            .run();
    }

    void erase_everything() override {
        recorder_.reset();
        std::vector<std::string> tables;
        std::string name;
        // Assignments before the roles they refer to: no index leads from a role to them.
        Query query(database_, R"(SELECT name FROM sqlite_schema
            WHERE type = 'table' AND name <> 'state_file' ORDER BY name <> 'role_assignments', rowid)");
        while (query.next()) {
            query.into(name);
            tables.push_back(name);
        }
        for (const std::string& table : tables)
            database_.execute(fmt::format("DELETE FROM \"{}\"", table).c_str());
    }

    void commit() override {
        if (!reading_) {
            if (lightly_ && run_ == 0 && recorder_ && recorder_->knows(stores_.imds->in_mind()))
                recorder_.reset();
            stores_.imds->write_down();
            events::Report report = stores_.events->report();
            if (report.run.status.empty()) report.run.status = "Succeeded";
            if (!report.empty()) stores_.events->write(report);
        }
        if (reading_ || database_.total_changes() == changes_before_) {
            database_.rollback();
            return;
        }
        database_.check_in_place();
        Query(database_, "UPDATE seed SET drawn = drawn + 1").run();
        if (recorder_) recorder_->note(name_, now_, run_);
        store::commit(database_, lightly_);
    }

  private:
    Instant simulated(Instant machine) const {
        if (pinned_) return *pinned_;
        const std::optional<clock::Record> record = clock_of(database_);
        return record ? clock::instant(*record, machine) : machine;
    }

    // In a seeded state every transaction draws from a stream of its own, the same whether or not one before
    // it came to nothing.
    Random& dice_of(Random& random, KeyPool& keys) {
        std::string seed;
        std::int64_t drawn = 0;
        Query query(database_, "SELECT seed, drawn FROM seed");
        if (!query.next()) {
            keys.draw_from("");
            return random;
        }
        query.into(seed, drawn);
        const std::string own = crypto::derived_seed(seed, fmt::format("transaction {}", drawn));
        keys.draw_from(own + " keys");
        return *dice_.emplace_back(std::make_unique<crypto::SeededRandom>(own));
    }

    Database& database_;
    Stores& stores_;
    bool reading_;
    bool lightly_;
    Manner manner_;
    std::optional<Instant> pinned_;
    std::string_view name_;
    std::int64_t& run_;
    std::optional<Recorder> recorder_;
    std::vector<std::unique_ptr<crypto::SeededRandom>> dice_;  // sessions refer to them
    Instant now_;
    int changes_before_ = 0;
};

class SqliteState : public State {
  public:
    SqliteState(std::unique_ptr<Database> database, std::optional<Instant> pinned)
        : database_(std::move(database)),
          stores_(*database_),
          file_(whole_file(*database_)),
          pinned_(pinned) {}

    std::unique_ptr<Transaction> begin() override {
        return std::make_unique<SqliteTransaction>(*database_, stores_, Kind::writing, pinned_, name_, run_);
    }

    std::unique_ptr<Transaction> begin_lightly() override {
        return std::make_unique<SqliteTransaction>(*database_, stores_, Kind::light, pinned_, name_, run_);
    }

    std::unique_ptr<Transaction> begin_reading() override {
        return std::make_unique<SqliteTransaction>(*database_, stores_, Kind::reading, pinned_, name_, run_);
    }

    std::int64_t version() override {
        database_->check_in_place();
        return database_->number("PRAGMA data_version");
    }

    void remember() override { database_->remember_rows(); }

    void checkpoint() override {
        if (database_->is_read_only() && log_size(path()) == 0) return;
        store::checkpoint(*database_);
    }

    const std::string& path() const override { return database_->path(); }

    bool is_new() override { return is_empty(*database_); }

    std::string seed() override { return database_->text("SELECT seed FROM seed"); }

    void name_work(std::string_view name) override {
        name_ = name;
        run_ = 0;
    }

    snapshot::File& file() override { return *file_; }

  private:
    std::unique_ptr<Database> database_;
    Stores stores_;
    std::unique_ptr<snapshot::File> file_;
    std::string name_;
    std::int64_t run_ = 0;
    std::optional<Instant> pinned_;
};

// What a file was found to be, at one moment of it: another process may be making its tables.
struct Finding {
    bool is_foreign_log = false;
    bool is_current = false;
};

Finding look_at(Database& database) {
    database.execute("BEGIN");
    Finding finding;
    finding.is_foreign_log = is_log_foreign(database);
    if (!finding.is_foreign_log) finding.is_current = is_current(database, migrations());
    database.rollback();
    return finding;
}

// While nobody else has the file open: somebody who opens it between the removal of the log's index and the
// renaming of the log makes an index of the foreign log anew, for which others then look in the new log.
void set_foreign_log_aside(const std::string& path, std::chrono::milliseconds patience) {
    constexpr std::chrono::milliseconds longest{1000};
    std::unique_ptr<Database> alone;  // until the log has its new name
    const auto looks_foreign = [&](const char* locking) {
        alone = std::make_unique<Database>(path, Access::read_write, std::min(patience, longest));
        alone->execute(locking);
        return look_at(*alone).is_foreign_log;
    };
    set_log_aside(path, [&] {
        try {
            return looks_foreign("PRAGMA locking_mode = EXCLUSIVE");
        } catch (const Error&) {  // a server has it open all the time
            return looks_foreign("PRAGMA locking_mode = NORMAL");
        }
    });
}

// Makes sure that this file can be read at all, and is ours. A file whose folder lets nobody make SQLite's
// side files can be read as it is when its log is empty, or another file's.
std::unique_ptr<Database> open_readable(const std::string& path, std::chrono::milliseconds patience,
                                        bool& current) {
    std::unique_ptr<Database> database = std::make_unique<Database>(path, Access::read_write, patience);
    Finding finding;
    try {
        finding = look_at(*database);
    } catch (const Error&) {
        if (!database->is_read_only() || log_size(path) > 0) throw;
        finding.is_foreign_log = true;
    }
    if (finding.is_foreign_log) {
        const bool read_only = database->is_read_only();
        database.reset();
        if (!read_only) set_foreign_log_aside(path, patience);
        database =
            std::make_unique<Database>(path, read_only ? Access::immutable : Access::read_write, patience);
        finding.is_current = is_current(*database, migrations());
    }
    current = finding.is_current;
    return database;
}

// An empty file gets its tables by way of the log, unsynced: the commit that fills them syncs the log, and
// were the machine to lose its power before that, nothing would have been there to lose.
void bring_up_to_date(Database& database) {
    const bool is_new = database.file_size() == 0;
    if (is_new) {
        database.execute("PRAGMA synchronous = OFF");
        database.use_write_ahead_log();
    }
    migrate(database, migrations(), tables_at_once());
    if (is_new) database.execute("PRAGMA synchronous = FULL");
}

}  // namespace

std::unique_ptr<State> open_state(const std::string& path, std::chrono::milliseconds patience,
                                  std::optional<Instant> pinned) {
    const std::string file = absolute_path(path);
    make_file(file);
    bool current = false;
    std::unique_ptr<Database> database = open_readable(file, patience, current);
    if (!current) {
        if (database->is_read_only()) throw failure(SQLITE_READONLY, 0, file, {});
        make_private(file);
        bring_up_to_date(*database);
    }
    if (!database->is_read_only()) database->use_write_ahead_log();
    return std::make_unique<SqliteState>(std::move(database), pinned);
}

}  // namespace azid::store
