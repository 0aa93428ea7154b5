// The checks of a command's values: how many, of what type, of which choices, and which are missing. CLI11
// makes them; this is the only place that knows of it.
#pragma once

#include "cli/app/args.hpp"
#include "cli/parse/scan.hpp"

#include <functional>

namespace azid::parse {

// All that was written, by key: values converted and normalised ("JSON" to "json", " 5" to "5").
// is_required says which of the command's options must have been written.
// Throws Error (fault::usage, or fault::client where az's newer commands do) with az's texts.
app::Args checked(const spec::Command& command, const Options& options, const Scanned& scanned,
                  const std::function<bool(const spec::Option&)>& is_required);

// "--name/-n", or "<KEY>" for a positional: how az's messages name an option.
std::string display_name(const spec::Option& option);

}  // namespace azid::parse
