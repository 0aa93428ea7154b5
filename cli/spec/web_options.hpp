// Options that the commands on web apps and function apps share.
#pragma once

#include "cli/spec/standard.hpp"

namespace azid::spec::web {

inline constexpr std::string_view no_code = "azid runs no code in an app: there is nothing to deploy.";
inline constexpr std::string_view no_slots = "azid's apps have no deployment slots.";
inline constexpr std::string_view no_environment = "azid has no Container Apps environments.";

inline constexpr Option name{.names = "--name -n",
                             .key = "name",
                             .help = "Name of the web app",
                             .required = true,
                             .configured = "web",
                             .id_part = "name"};
inline constexpr Option function_name{.names = "--name -n",
                                      .key = "name",
                                      .help = "Name of the function app",
                                      .required = true,
                                      .id_part = "name"};
inline constexpr Option slot{.names = "--slot -s",
                             .key = "slot",
                             .help = "Deployment slot",
                             .status = Status::refused,
                             .why = no_slots};
inline constexpr Option identities{
    .names = "--identities",
    .key = "assign_identities",
    .help =
        "Identities to give: [system], or ids of user-assigned identities; the "
        "system-assigned one when none are named",
    .arity = Arity::any};
inline constexpr Option role{.names = "--role",
                             .key = "role",
                             .help = "Role of the system-assigned identity, at --scope",
                             .fallback = "Contributor",
                             .completes = "role"};
inline constexpr Option scope{
    .names = "--scope", .key = "scope", .help = "Where the system-assigned identity gets the role"};
inline constexpr Option gone_identities{.names = "--identities",
                                        .key = "remove_identities",
                                        .help =
                                            "Identities to take off: [system], or ids of user-assigned "
                                            "identities; the system-assigned one when none are named",
                                        .arity = Arity::any};
inline constexpr Option assign_identity{.names = "--assign-identity",
                                        .key = "assign_identities",
                                        .help =
                                            "Identities to give at once: [system], or ids of user-assigned "
                                            "identities; the system-assigned one when none are named",
                                        .arity = Arity::any};
inline constexpr Option vnet{.names = "--vnet",
                             .key = "vnet",
                             .help = "Virtual network of --subnet, by name or id",
                             .status = Status::recorded};
inline constexpr Option subnet{.names = "--subnet",
                               .key = "subnet",
                               .help = "Subnet the app reaches out through, by name or id",
                               .status = Status::recorded};
inline constexpr Option https_only{.names = "--https-only",
                                   .key = "https_only",
                                   .help = "Send plain HTTP requests on to HTTPS",
                                   .arity = Arity::three_state,
                                   .status = Status::recorded};
inline constexpr Option source_url{.names = "--deployment-source-url -u",
                                   .key = "deployment_source_url",
                                   .help = "Git repository to deploy from",
                                   .status = Status::refused,
                                   .why = no_code};
inline constexpr Option source_branch{.names = "--deployment-source-branch -b",
                                      .key = "deployment_source_branch",
                                      .help = "Branch to deploy",
                                      .status = Status::refused,
                                      .why = no_code};
inline constexpr Option local_git{.names = "--deployment-local-git -l",
                                  .key = "deployment_local_git",
                                  .help = "Make a git repository to deploy from",
                                  .arity = Arity::flag,
                                  .status = Status::refused,
                                  .why = no_code};
inline constexpr Option keep_empty_plan{.names = "--keep-empty-plan",
                                        .key = "keep_empty_plan",
                                        .help = "Keep the plan when this was the last app on it",
                                        .arity = Arity::flag};

inline constexpr std::string_view one_table =
    "{Name:name, Location:location, State:state, ResourceGroup:resourceGroup, "
    "DefaultHostName:defaultHostName, "
    "AppServicePlan:appServicePlanId}";
inline constexpr std::string_view list_table =
    "[].{Name:name, Location:location, State:state, ResourceGroup:resourceGroup, "
    "DefaultHostName:defaultHostName, AppServicePlan:appServicePlanId}";

}  // namespace azid::spec::web
