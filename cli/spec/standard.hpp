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

inline constexpr Option endpoint{.names = "--endpoint",
                                 .key = "endpoint",
                                 .help = "Ask a served state there instead, such as http://127.0.0.1:8443",
                                 .own = true};

inline constexpr Option no_wait{.names = "--no-wait",
                                .key = "no_wait",
                                .help = "Return at once, without the result",
                                .arity = Arity::flag};

// The same of az's newer commands (aaz), which take true or false after it.
inline constexpr Option aaz_no_wait{.names = "--no-wait",
                                    .key = "no_wait",
                                    .help = "Return at once, without the result",
                                    .arity = Arity::three_state,
                                    .choices = "true t yes y 1 false f no n 0"};

// What every list command of that generation takes; cli/app keeps them.
inline constexpr Option max_items{.names = "--max-items",
                                  .key = "pagination_limit",
                                  .help = "At most so many items; a token for the next ones goes with them",
                                  .section = "Pagination",
                                  .type = ValueType::integer};
inline constexpr Option next_token{.names = "--next-token",
                                   .key = "pagination_token",
                                   .help = "Token from a list that was cut, to go on behind it",
                                   .section = "Pagination"};

// The generic update. Besides its own key each occurrence is kept in order under "ordered_arguments", as the
// option's spelling followed by its values, for az applies them in the order written.
inline constexpr Option set{.names = "--set",
                            .key = "properties_to_set",
                            .help = "Change a property, as path.to.property=value",
                            .arity = Arity::some,
                            .section = "Generic Update",
                            .append = true};
inline constexpr Option add{.names = "--add",
                            .key = "properties_to_add",
                            .help = "Add to a list, as path.to.list key=value or path.to.list value",
                            .arity = Arity::some,
                            .section = "Generic Update",
                            .append = true};
inline constexpr Option remove{.names = "--remove",
                               .key = "properties_to_remove",
                               .help = "Take away a property or a list's item, as path.to.list index",
                               .arity = Arity::some,
                               .section = "Generic Update",
                               .append = true};
inline constexpr Option force_string{
    .names = "--force-string",
    .key = "force_string",
    .help = "Keep values of --set and --add as text, without reading them as JSON",
    .arity = Arity::flag,
    .section = "Generic Update"};

inline constexpr Option aaz_force_string{
    .names = "--force-string",
    .key = "force_string",
    .help = "Keep values of --set and --add as text, without reading them as JSON",
    .arity = Arity::three_state,
    .choices = "true t yes y 1 false f no n 0",
    .section = "Generic Update"};

// The conditions of a "wait" command (cli/commands/wait.hpp).
inline constexpr Option wait_timeout{.names = "--timeout",
                                     .key = "timeout",
                                     .help = "Seconds to wait at most",
                                     .fallback = "3600",
                                     .section = "Wait Condition",
                                     .type = ValueType::integer};
inline constexpr Option wait_interval{.names = "--interval",
                                      .key = "interval",
                                      .help = "Seconds between two looks",
                                      .fallback = "30",
                                      .section = "Wait Condition",
                                      .type = ValueType::integer};
inline constexpr Option wait_deleted{.names = "--deleted",
                                     .key = "deleted",
                                     .help = "Wait until it is gone",
                                     .arity = Arity::flag,
                                     .section = "Wait Condition"};
inline constexpr Option wait_created{.names = "--created",
                                     .key = "created",
                                     .help = "Wait until it is made, its provisioningState Succeeded",
                                     .arity = Arity::flag,
                                     .section = "Wait Condition"};
inline constexpr Option wait_updated{.names = "--updated",
                                     .key = "updated",
                                     .help = "Wait until its change is done, its provisioningState Succeeded",
                                     .arity = Arity::flag,
                                     .section = "Wait Condition"};
inline constexpr Option wait_exists{.names = "--exists",
                                    .key = "exists",
                                    .help = "Wait until it is there",
                                    .arity = Arity::flag,
                                    .section = "Wait Condition"};
inline constexpr Option wait_custom{.names = "--custom",
                                    .key = "custom",
                                    .help = "Wait until this JMESPath expression gives something true",
                                    .section = "Wait Condition"};

// What every command takes besides its own options, in the order of az's parser.
inline constexpr Option globals[] = {
    {.names = "--help -h",
     .key = "_help",
     .help = "Show this help and do nothing else",
     .arity = Arity::flag,
     .section = "Global"},
    {.names = "--verbose",
     .key = "_log_verbosity_verbose",
     .help = "Say more about what happens",
     .arity = Arity::flag,
     .section = "Global"},
    {.names = "--debug",
     .key = "_log_verbosity_debug",
     .help = "Say everything about what happens",
     .arity = Arity::flag,
     .section = "Global"},
    {.names = "--only-show-errors",
     .key = "_log_verbosity_only_show_errors",
     .help = "Leave warnings out",
     .arity = Arity::flag,
     .section = "Global"},
    {.names = "--output -o",
     .key = "_output_format",
     .help = "Form of the result",
     .choices = "json jsonc yaml yamlc table tsv none",
     .section = "Global"},
    {.names = "--query",
     .key = "_jmespath_query",
     .help = "JMESPath expression that picks from the result",
     .section = "Global"},
    {.names = "--state",
     .key = "_state",
     .help = "State file to work on, in place of $AZID_STATE or the usual one",
     .completes = "file",
     .section = "Global",
     .own = true},
};

// The option made optional: "-g" of a list command.
constexpr Option optional(Option option) {
    option.required = false;
    return option;
}
// The option made required: "-l" of group create.
constexpr Option required(Option option) {
    option.required = true;
    return option;
}
// The option with another help phrase.
constexpr Option described(Option option, std::string_view help) {
    option.help = help;
    return option;
}

}  // namespace azid::spec
