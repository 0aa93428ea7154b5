#include "cli/app/run.hpp"

#include "cli/app/context.hpp"
#include "cli/app/execute.hpp"
#include "cli/app/lazy_state.hpp"
#include "cli/app/output.hpp"
#include "cli/app/paging.hpp"
#include "cli/app/rows.hpp"
#include "cli/app/seeded_state.hpp"
#include "cli/app/settings.hpp"
#include "cli/app/shown_arguments.hpp"
#include "cli/app/voice.hpp"
#include "cli/parse/parse.hpp"
#include "cli/render/help.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::app {

namespace {

std::string state_given(const std::vector<std::string>& argv) {
    std::string given;
    for (size_t i = 0; i < argv.size(); ++i) {
        if (argv[i] == "--state" && i + 1 < argv.size()) given = argv[i + 1];
        if (argv[i].starts_with("--state=")) given = argv[i].substr(8);
    }
    return given;
}

// One run of the program.
class Run {
  public:
    Run(const std::vector<std::string>& argv, const Environment& environment)
        : argv_(argv),
          environment_(environment),
          begun_(environment.now()),
          parsed_at_(begun_),
          state_(environment, state_path(environment, state_given(argv))),
          settings_(environment, state_),
          voice_(environment, settings_, argv) {}

    int exit_code() {
        if (voice_.contradicts()) {
            // az prints it twice, without prefix (ERRORS.md).
            for (int i = 0; i < 2; ++i)
                voice_.plain("--only-show-errors can't be used together with --debug or --verbose");
            return 1;
        }
        if (voice_.loud()) voice_.debug("cli.knack.cli: Command arguments: " + shown_arguments(argv_));
        const int code = caught();
        if (voice_.loud()) tell_duration();
        return code;
    }

  private:
    void tell() {
        if (state_.take_seeding()) messages_.warnings.insert(messages_.warnings.begin(), seed_warning);
        voice_.tell(messages_);
    }

    // The terminal's one catch.
    int caught() {
        try {
            return parse_and_run();
        } catch (const AlreadyTold& end) {
            tell();
            return end.exit_code;
        } catch (const Error& error) {
            tell();
            voice_.error(terminal_text(error));
            if (!error.hint().empty()) voice_.plain(error.hint());
            return error.fault().exit_code;
        }
    }

    std::optional<std::string> configured(std::string_view name) { return settings_.value("defaults", name); }

    int parse_and_run() {
        parse::Outside outside;
        outside.file = environment_.read_file;
        outside.configured_default = [this](std::string_view name) { return configured(name); };
        const parse::Parsed parsed = parse::parse(argv_, outside);
        parsed_at_ = environment_.now();
        if (parsed.globals.help || parsed.command == nullptr) {
            environment_.write_out(page(parsed));
            return 0;
        }
        return run_command(parsed);
    }

    std::string page(const parse::Parsed& parsed) {
        if (parsed.version_text) return render::version_text();
        if (parsed.command == nullptr) return render::group_help(parsed.group);
        return render::command_help(*parsed.command,
                                    [this](std::string_view name) { return configured(name); });
    }

    int run_command(const parse::Parsed& parsed) {
        const spec::Command& command = *parsed.command;
        messages_.warnings = parsed.notices;
        std::vector<Args> each = parse::split_ids(command, parsed.args, messages_.warnings);
        if (command.check != nullptr)
            for (const Args& args : each) command.check(args, messages_);
        if (!command.confirm.empty() && !parsed.args.flag("yes") &&
            !settings_.flag("core", "disable_confirm_prompt")) {
            tell();
            confirm(environment_, messages_, std::string(command.confirm));
        }
        if (each.size() == 1 && prints_rows(parsed)) allow_rows(each.front());
        Json result = run_all(command, each, state_, messages_, environment_, voice_);
        if (is_printed(result)) {
            tell();
            return 0;
        }
        if (parsed.args.given("_drawing")) {
            voice_.tell(messages_);
            environment_.write_out(result.get<std::string>());
            return 0;
        }
        const std::string next_page = cut_page(parsed.args, result);
        tell();
        const Printing printing{format_of(parsed), parsed.globals.query, voice_.coloured()};
        const int code = print_result(command, result, printing, environment_);
        if (!next_page.empty()) voice_.warning("Token of next page: " + next_page);
        return code;
    }

    // Whether a list can be printed item by item.
    bool prints_rows(const parse::Parsed& parsed) {
        // Not before a command that may change the settings which say so.
        if (!parsed.command->reads || parsed.command->raw || parsed.command->then != nullptr ||
            parsed.globals.query || parsed.args.given("pagination_limit"))
            return false;
        const std::string format = lower(format_of(parsed));
        return format.empty() || format == "json";
    }

    // azid's own commands that need no state read no setting from it either.
    std::string format_of(const parse::Parsed& parsed) {
        if (!parsed.globals.output.empty()) return parsed.globals.output;
        if (parsed.command->own && parsed.command->stateless)
            return environment_.variable(variable_of("core", "output")).value_or("");
        return settings_.value("core", "output").value_or("");
    }

    // az's last line under --verbose.
    void tell_duration() {
        const auto seconds = [](auto duration) { return std::chrono::duration<double>(duration).count(); };
        const Instant now = environment_.now();
        voice_.info(fmt::format("Command ran in {:.3f} seconds (init: {:.3f}, invoke: {:.3f})",
                                seconds(now - begun_), seconds(parsed_at_ - begun_),
                                seconds(now - parsed_at_)));
    }

    const std::vector<std::string>& argv_;
    const Environment& environment_;
    Instant begun_;
    Instant parsed_at_;
    LazyState state_;
    Settings settings_;
    Voice voice_;
    Messages messages_;
};

}  // namespace

int run(const std::vector<std::string>& argv, const Environment& environment) {
    try {
        Run run(argv, environment);
        const int code = run.exit_code();
        if (environment.leave) environment.leave(code);
        return code;
    } catch (const Error& error) {
        // What went wrong before anything could be read: no home folder, a setting that is neither yes nor
        // no.
        environment.write_error("ERROR: " + terminal_text(error) + "\n");
        return error.fault().exit_code;
    }
}

}  // namespace azid::app
