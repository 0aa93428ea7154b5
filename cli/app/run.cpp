#include "cli/app/run.hpp"

#include "cli/app/context.hpp"
#include "cli/app/output.hpp"
#include "cli/parse/parse.hpp"
#include "cli/render/help.hpp"
#include "core/account/caller.hpp"
#include "core/account/seed.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/keys.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace azid::app {

namespace {

// The state, opened when first asked for: a usage error or --help must not create a file.
class LazyState {
  public:
    LazyState(const Environment& environment, std::string path)
        : environment_(environment), path_(std::move(path)) {}

    const std::string& path() const { return path_; }
    State& open() {
        if (!state_) {
            state_ = environment_.open_state(path_);
            if (state_->is_new()) account::seed_if_new(*state_, {}, environment_.now(), *environment_.random);
        }
        return *state_;
    }

  private:
    const Environment& environment_;
    std::string path_;
    std::unique_ptr<State> state_;
};

std::string state_given(const std::vector<std::string>& argv) {
    std::string given;
    for (size_t i = 0; i < argv.size(); ++i) {
        if (argv[i] == "--state" && i + 1 < argv.size()) given = argv[i + 1];
        if (argv[i].starts_with("--state=")) given = argv[i].substr(8);
    }
    return given;
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return out;
}

std::optional<std::string> configured(const Environment& environment, LazyState& lazy,
                                      std::string_view section, std::string_view name) {
    const std::optional<std::string> variable =
        environment.variable(fmt::format("AZURE_{}_{}", upper(section), upper(name)));
    if (variable) return variable;
    KeyPool keys;
    const std::unique_ptr<Transaction> transaction = lazy.open().begin_reading();
    Session session = transaction->session({}, environment.now(), *environment.random, keys);
    return session.account.setting(section, name);
}

// Runs the command once, in one transaction. Throws KeyWanted when it needs a private key that is not there
// yet. A command that only reads waits for no writer, unless such a key has to be kept.
Json run_once(const spec::Command& command, const Args& args, LazyState& lazy, KeyPool& keys,
              Messages& messages, const Environment& environment, bool reading) {
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
    Json result = command.run(context);
    if (!reading) transaction->commit();
    return result;
}

Json run_transaction(const spec::Command& command, const Args& args, LazyState& lazy, Messages& messages,
                     const Environment& environment) {
    if (command.stateless) {
        Context context{args, messages, environment, lazy.path(), {}, nullptr};
        return command.run(context);
    }
    KeyPool keys;
    bool reading = command.reads;
    const size_t warnings_before = messages.warnings.size();
    for (;;) {
        try {
            return run_once(command, args, lazy, keys, messages, environment, reading);
        } catch (const KeyWanted&) {
            reading = false;
            messages.warnings.resize(warnings_before);
            keys.rewind();
            keys.add(environment.make_key());
        }
    }
}

// Several --ids: each is a transaction of its own. What fails is told and the rest goes on; only when all
// fail is the command a failure (az's rule).
Json run_all(const spec::Command& command, const std::vector<Args>& each, LazyState& lazy, Messages& messages,
             const Environment& environment) {
    if (each.size() == 1) return run_transaction(command, each.front(), lazy, messages, environment);
    Json results = Json::array();
    std::vector<std::string> failures;
    std::optional<Error> last;
    for (const Args& args : each) {
        try {
            results.push_back(run_transaction(command, args, lazy, messages, environment));
        } catch (const Error& error) {
            environment.write_error("ERROR: " + terminal_text(error) + "\n");
            failures.push_back(fmt::format("{}: \"{}\"", args.text("_ids"), error.fault().exit_code));
            last = error;
        }
    }
    for (const std::string& failure : failures) messages.warn(failure);
    if (!failures.empty()) messages.warn("Encountered more than one exception.");
    if (last && results.empty()) throw AlreadyTold{1};
    return results.size() == 1 ? results.front() : results;
}

// Prints the warnings gathered so far, before the result as az does.
void tell(Messages& messages, bool only_errors, const Environment& environment) {
    if (!only_errors)
        for (const std::string& warning : messages.warnings)
            environment.write_error("WARNING: " + warning + "\n");
    messages.warnings.clear();
}

// az's last line under --verbose.
void tell_duration(Instant begun, Instant parsed, const Environment& environment) {
    const auto seconds = [](auto duration) { return std::chrono::duration<double>(duration).count(); };
    const Instant now = environment.now();
    environment.write_error(
        fmt::format("INFO: Command ran in {:.3f} seconds (init: {:.3f}, invoke: {:.3f})\n",
                    seconds(now - begun), seconds(parsed - begun), seconds(now - parsed)));
}

int run_parsed(const parse::Parsed& parsed, LazyState& lazy, const Environment& environment,
               Messages& messages) {
    if (parsed.globals.help || parsed.command == nullptr) {
        const std::string page = parsed.version_text         ? render::version_text()
                                 : parsed.command != nullptr ? render::command_help(*parsed.command)
                                                             : render::group_help(parsed.group);
        environment.write_out(page);
        return 0;
    }
    const spec::Command& command = *parsed.command;
    messages.warnings = parsed.notices;
    if (!command.confirm.empty() && !parsed.args.flag("yes"))
        confirm(environment, messages, std::string(command.confirm));
    const std::vector<Args> each = parse::split_ids(command, parsed.args, messages.warnings);
    const Json result = run_all(command, each, lazy, messages, environment);
    std::string format = parsed.globals.output;
    if (format.empty()) format = environment.variable("AZURE_CORE_OUTPUT").value_or("");
    if (format.empty() && !command.stateless)
        format = configured(environment, lazy, "core", "output").value_or("");
    tell(messages, parsed.globals.only_show_errors, environment);
    return print_result(command, result, format, parsed.globals.query, environment, messages);
}

}  // namespace

int run(const std::vector<std::string>& argv, const Environment& environment) {
    Messages messages;
    parse::Globals globals;
    const Instant begun = environment.now();
    try {
        LazyState lazy(environment, state_path(environment, state_given(argv)));
        parse::Outside outside;
        outside.file = environment.read_file;
        outside.configured_default = [&](std::string_view name) {
            return configured(environment, lazy, "defaults", name);
        };
        const parse::Parsed parsed = parse::parse(argv, outside);
        globals = parsed.globals;
        const bool loud = globals.verbose || globals.debug;
        if (loud && globals.only_show_errors) {
            // az prints it twice, without prefix (ERRORS.md).
            for (int i = 0; i < 2; ++i)
                environment.write_error(
                    "--only-show-errors can't be used together with --debug or --verbose\n");
            return 1;
        }
        const Instant started = environment.now();
        const int code = run_parsed(parsed, lazy, environment, messages);
        if (loud) tell_duration(begun, started, environment);
        return code;
    } catch (const AlreadyTold& end) {
        tell(messages, globals.only_show_errors, environment);
        return end.exit_code;
    } catch (const Error& error) {
        tell(messages, globals.only_show_errors, environment);
        environment.write_error("ERROR: " + terminal_text(error) + "\n");
        if (!error.hint().empty())
            environment.write_error(error.hint() + (error.hint().ends_with('\n') ? "" : "\n"));
        return error.fault().exit_code;
    }
}

}  // namespace azid::app
