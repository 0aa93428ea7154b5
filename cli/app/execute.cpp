#include "cli/app/execute.hpp"

#include "cli/app/aftermath.hpp"
#include "cli/app/command_line.hpp"
#include "cli/app/context.hpp"
#include "cli/app/environment.hpp"
#include "cli/app/lazy_state.hpp"
#include "cli/app/output.hpp"
#include "cli/app/seeded_state.hpp"
#include "cli/app/unfinished.hpp"
#include "cli/app/voice.hpp"
#include "cli/server/issuer_keys.hpp"
#include "core/account/caller.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/compute/power.hpp"
#include "core/events/refused.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <thread>

namespace azid::app {
namespace {

events::Run run_of(const spec::Command& command, const Args& args, const Session& session) {
    return {.at = session.now,
            .kind = "command",
            .line = command_line(command, args),
            .caller = session.caller.name,
            .caller_id = session.caller.object_id,
            .status = "Succeeded"};
}

// Runs the command once, in one transaction. Throws KeyWanted when it needs a private key that is not there
// yet. A command that only reads waits for no writer, unless such a key has to be kept. Notes in unwritten
// what belongs in the journal and the activity log and was not kept by the transaction.
Json run_once(const spec::Command& command, const Args& args, LazyState& lazy, KeyPool& keys,
              Messages& messages, const Environment& environment, bool reading, events::Report& unwritten) {
    lazy.name_work(command.name);
    const std::unique_ptr<Transaction> transaction =
        reading ? lazy.open().begin_reading() : lazy.open().begin();
    Session session = transaction->session({}, environment.now(), *environment.random, keys);
    Context context{args, messages, environment, lazy.path(), {}, &session};
    if (!command.anonymous) {
        const std::string wanted = args.text("_subscription");
        try {
            const account::Profile profile = account::current_profile(session, wanted);
            session.caller = account::caller_of(session, profile);
            context.subscription = profile.subscription;
        } catch (const Error&) {
            if (!wanted.empty()) messages.warn(fmt::format("Subscription '{}' not recognized.", wanted));
            throw;
        }
    }
    session.events.open(run_of(command, args, session));
    try {
        Json result = command.run(context);
        begin_unfinished(session, args);
        show_unfinished(session, result);
        if (reading)
            unwritten = session.events.report();
        else
            transaction->commit();
        return result;
    } catch (const Error& error) {
        // A deployment that failed on its way has made something, and is recorded: as in Azure, that stays.
        if (error.fault().code == fault::deployment_failed.code) {
            events::Run run = run_of(command, args, session);
            run.correlation = session.events.correlation();
            run.status = "Failed";
            run.code = error.fault().code;
            session.events.open(run);
            transaction->commit();
        } else if (error.fault().code != fault::state.code) {  // a file that fails is no operation of Azure's
            unwritten = events::failed(session.events.report(), error.fault().http_status, error.fault().code,
                                       error.message());
        }
        throw;
    }
}

// What is left to do when the transaction is over.
Json finish(const spec::Command& command, const Args& args, LazyState& lazy, Messages& messages,
            const Environment& environment, Json result) {
    if (command.then == nullptr) return result;
    Context context{args, messages, environment, lazy.path(), {}, nullptr};
    return command.then(context, std::move(result));
}

// The waiting of az's "wait": by the machine's monotonic clock, whatever the state's does.
class Waiting {
  public:
    // Lets a moment pass. False when that was long enough.
    bool look_again(std::chrono::seconds patience) const {
        constexpr std::chrono::milliseconds moment{100};
        if (std::chrono::steady_clock::now() - begun_ >= patience) return false;
        std::this_thread::sleep_for(moment);
        return true;
    }

  private:
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

Json run_transaction(const spec::Command& command, const Args& args, LazyState& lazy, Messages& messages,
                     const Environment& environment) {
    if (command.stateless) {
        Context context{args, messages, environment, lazy.path(), {}, nullptr};
        return command.run(context);
    }
    KeyPool keys;
    bool reading = command.reads;
    bool registered = false;
    const size_t warnings_before = messages.warnings.size();
    const Waiting waiting;
    Json result;
    for (bool done = false; !done;) {
        events::Report unwritten;
        try {
            result = run_once(command, args, lazy, keys, messages, environment, reading, unwritten);
            write_report(lazy.open(), environment, unwritten);
            done = true;
        } catch (const Error& error) {
            if (registered || !register_provider_for(error, command, args, lazy, messages, environment)) {
                write_report(lazy.open(), environment, unwritten);
                throw;
            }
            registered = true;
            keys.rewind();
        } catch (const compute::GuestWanted&) {
            throw Error(fault::not_modelled,
                        "azid runs scripts in machines by 'azid vm run-command invoke', and over the wire of "
                        "'azid serve' and 'azid exec'.");
        } catch (const Unfinished& what) {
            messages.warnings.resize(warnings_before);
            keys.rewind();
            done = !waiting.look_again(what.patience);
            if (done) result = Json::object();
        } catch (const KeyWanted& wanted) {
            reading = false;
            messages.warnings.resize(warnings_before);
            keys.rewind();
            add_key(keys, wanted, environment);
        } catch (const IssuerKeysWanted& wanted) {
            messages.warnings.resize(warnings_before);
            keys.rewind();
            keys.add(wanted.issuer, server::fetch_issuer_keys(wanted.issuer));
        }
    }
    return finish(command, args, lazy, messages, environment, std::move(result));
}

}  // namespace

Json run_all(const spec::Command& command, const std::vector<Args>& each, LazyState& state,
             Messages& messages, const Environment& environment, Voice& voice) {
    if (each.size() == 1) return run_transaction(command, each.front(), state, messages, environment);
    Json results = Json::array();
    std::vector<std::string> failures;
    for (const Args& args : each) {
        try {
            results.push_back(run_transaction(command, args, state, messages, environment));
        } catch (const Error& error) {
            voice.tell(messages);
            voice.error(terminal_text(error));
            failures.push_back(fmt::format("{}: \"{}\"", args.text("_ids"), error.fault().exit_code));
        }
    }
    for (const std::string& failure : failures) messages.warn(failure);
    if (!failures.empty()) messages.warn("Encountered more than one exception.");
    if (results.empty()) throw AlreadyTold{1};
    return results.size() == 1 ? results.front() : results;
}

}  // namespace azid::app
