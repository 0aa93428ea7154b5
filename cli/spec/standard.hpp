// Options that many commands share, spelled as az spells them.
#pragma once

#include "cli/spec/spec.hpp"

namespace azid::spec {

inline constexpr Option subscription{.names = "--subscription",
                                     .key = "_subscription",
                                     .help = "Name or id of the subscription to work in",
                                     .configured = "subscription",
                                     .id_part = "subscription",
                                     .completes = "subscription",
                                     .section = "Global"};

inline constexpr Option resource_group{.names = "--resource-group -g",
                                       .key = "resource_group_name",
                                       .help = "Name of the resource group",
                                       .required = true,
                                       .configured = "group",
                                       .id_part = "resource_group",
                                       .completes = "group"};

inline constexpr Option ids{.names = "--ids",
                            .key = "_ids",
                            .help = "One or more resource ids instead of names and group",
                            .arity = Arity::some,
                            .section = "Resource Id"};

inline constexpr Option location{.names = "--location -l",
                                 .key = "location",
                                 .help = "Region, such as westeurope",
                                 .configured = "location",
                                 .completes = "location"};

inline constexpr Option tags{.names = "--tags",
                             .key = "tags",
                             .help = "Tags as key[=value], space-separated; '' clears them",
                             .arity = Arity::any};

inline constexpr Option yes{
    .names = "--yes -y", .key = "yes", .help = "Do not ask for confirmation", .arity = Arity::flag};

inline constexpr Option no_wait{.names = "--no-wait",
                                .key = "no_wait",
                                .help = "Return at once, without the result",
                                .arity = Arity::flag};

// The option made optional: "-g" of a list command.
constexpr Option optional(Option option) {
    option.required = false;
    return option;
}
// The option with another help phrase.
constexpr Option described(Option option, std::string_view help) {
    option.help = help;
    return option;
}

}  // namespace azid::spec
