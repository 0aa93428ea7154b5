#include "cli/commands/clock.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/nouns.hpp"

namespace azid::spec {

namespace {

constexpr Option set_options[] = {
    {.names = "instant",
     .key = "instant",
     .help = "The instant, such as 2026-03-01 or 2026-03-01T12:00:00Z; UTC where it names no zone",
     .required = true}};
constexpr Option advance_options[] = {{.names = "duration",
                                       .key = "duration",
                                       .help = "How far, such as 45d, 12h, 30m, 90s, 1w, 1d12h or P45D",
                                       .required = true}};

constexpr Example show_examples[] = {{"What time it is there", "azid clock show"},
                                     {"The instant alone", "azid clock show --query now -o tsv"}};
constexpr Example set_examples[] = {{"Begin at a known instant", "azid clock set 2026-03-01T12:00:00Z"}};
constexpr Example advance_examples[] = {{"See a certificate roll", "azid clock advance 46d"},
                                        {"Let the tokens of identities expire", "azid clock advance 24h"}};
constexpr Example freeze_examples[] = {{"Stop the clock where it is", "azid clock freeze"}};
constexpr Example resume_examples[] = {{"Let it run again", "azid clock resume"}};
constexpr Example reset_examples[] = {{"Back to the machine's time", "azid clock reset"}};

constexpr Command table[] = {
    {.name = "clock show",
     .summary = "Show what time it is in the simulated Azure.",
     .run = commands::clock_show,
     .examples = show_examples,
     .details = "AZID_NOW, an instant, takes the place of the clock for one command.",
     .own = true,
     .anonymous = true,
     .reads = true,
     .raw = true},
    {.name = "clock set",
     .summary = "Set the clock.",
     .options = packed<set_options>,
     .run = commands::clock_set,
     .examples = set_examples,
     .details = "A running clock runs on from there, a frozen one stands there. Tokens, certificates, soft "
                "delete and "
                "all dates follow it; waits and time-outs do not.",
     .own = true,
     .anonymous = true,
     .raw = true},
    {.name = "clock advance",
     .summary = "Let time pass at once.",
     .options = packed<advance_options>,
     .run = commands::clock_advance,
     .examples = advance_examples,
     .own = true,
     .anonymous = true,
     .raw = true},
    {.name = "clock freeze",
     .summary = "Stop the clock where it is.",
     .run = commands::clock_freeze,
     .examples = freeze_examples,
     .details = "It then moves only by 'clock set' and 'clock advance'.",
     .own = true,
     .anonymous = true,
     .raw = true},
    {.name = "clock resume",
     .summary = "Let a frozen clock run on from where it stands.",
     .run = commands::clock_resume,
     .examples = resume_examples,
     .details = "The clock of a seeded state never runs by itself.",
     .own = true,
     .anonymous = true,
     .raw = true},
    {.name = "clock reset",
     .summary = "Give the clock the machine's time again.",
     .run = commands::clock_reset,
     .examples = reset_examples,
     .details = "The clock of a seeded state goes back to the instant at which the state began.",
     .own = true,
     .anonymous = true,
     .raw = true},
};
static_assert(fault_of(table).empty());

}  // namespace

Table clock_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
