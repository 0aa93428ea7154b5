// What az's newer commands (aaz) have in common: how they print, and the values they take.
#pragma once

#include "cli/app/context.hpp"
#include "core/arm/resource_id.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::commands {

// ARM's JSON as these commands print it: only what was sent, "properties" flattened at every depth; a member
// that both levels have keeps the outer value, the inner one being shown as "typePropertiesType" where it is
// the type of an extension.
Json aaz_shaped(Json body);

// A value in az's shorthand ({name:x,list:[a,b]}), as JSON, or else a text (CHANGES-2.74, AAZ options).
Json aaz_value(std::string_view text);

// The texts of an option that takes a list: words, or one list in shorthand or JSON.
std::vector<std::string> aaz_list(const app::Args& args, std::string_view key);

// --tags of these commands, as JSON; null when not given.
Json aaz_tags(const app::Args& args);

// The location given, else that of the resource group. Throws Error: ResourceGroupNotFound.
std::string location_or_group(const app::Context& context);

// The id of a resource of the group that is named, or given as an id already.
std::string named_or_id(const app::Context& context, std::string_view type, const std::string& name_or_id);

// Every resource of the type, in the group of -g or in the whole subscription, that the caller may read, as
// aaz prints it.
Json aaz_listed(app::Context& context, std::string_view type);

}  // namespace azid::commands
