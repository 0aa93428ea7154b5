// The state as every command finds it: opened, filled where it is new, and drawn from AZID_SEED where that is
// set.
#pragma once

#include "core/account/seed.hpp"
#include "core/base/keys.hpp"
#include "core/base/state.hpp"

#include <memory>
#include <string>

namespace azid::app {

struct Environment;

// What is said once, when a state is made of a seed.
extern const char seed_warning[];

// Throws Error (fault::usage) for a seed that is empty or longer than 256 bytes. Gives it back.
std::string checked_seed(std::string seed);

// $AZID_SEED; empty where it is not set, or to nothing. Throws as checked_seed does.
std::string seed_of_variable(const Environment& environment);

// Fills the state if it is new; without a seed in the options from AZID_SEED's. True if it has just been made
// of a seed. Throws Error (fault::client) where the state has another seed than AZID_SEED says, or none.
bool fill(State& state, account::SeedOptions options, const Environment& environment);

// Makes the key that a transaction wanted, of the state's seed where it has one.
void add_key(KeyPool& keys, const KeyWanted& wanted, const Environment& environment);

}  // namespace azid::app
