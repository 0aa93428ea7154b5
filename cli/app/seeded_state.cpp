#include "cli/app/seeded_state.hpp"

#include "cli/app/environment.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/crypto/seeded.hpp"

#include <fmt/format.h>

namespace azid::app {

const char seed_warning[] =
    "This state is made from a seed: whoever knows the seed knows every secret, key and token in it. Its "
    "clock "
    "stands still until 'azid clock' moves it.";

std::string checked_seed(std::string seed) {
    constexpr std::size_t longest = 256;
    if (seed.empty() || seed.size() > longest)
        throw Error(fault::usage, "A seed is a text of 1 to 256 bytes.");
    return seed;
}

std::string seed_of_variable(const Environment& environment) {
    const std::string seed = environment.variable("AZID_SEED").value_or("");
    return seed.empty() ? seed : checked_seed(seed);
}

bool fill(State& state, account::SeedOptions options, const Environment& environment) {
    const std::string wanted = options.seed.empty() ? seed_of_variable(environment) : options.seed;
    options.seed = wanted;
    const bool is_new = state.is_new();
    if (is_new) account::seed_if_new(state, options, environment.now(), *environment.random);
    if (wanted.empty()) return false;
    const std::string seed = state.seed();
    if (seed != wanted)
        throw Error(
            fault::client,
            fmt::format("The state in '{}' was made {}, and AZID_SEED says otherwise. Unset AZID_SEED, "
                        "name another file with --state, or begin anew with 'azid state init --force'.",
                        state.path(), seed.empty() ? "without a seed" : "from another seed"));
    return is_new;
}

void add_key(KeyPool& keys, const KeyWanted& wanted, const Environment& environment) {
    keys.add(wanted.seed.empty() ? environment.make_key(wanted.bits)
                                 : crypto::seeded_rsa_key_pem(wanted.seed, wanted.bits),
             wanted.bits);
}

}  // namespace azid::app
