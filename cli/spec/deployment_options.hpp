// Options of the deployment commands, of a group's and of a subscription's.
#pragma once

#include "cli/spec/standard.hpp"

namespace azid::spec {

inline constexpr std::string_view deployment_table =
    "{Name:name, State:properties.provisioningState, Timestamp:properties.timestamp, Mode:properties.mode, "
    "ResourceGroup:resourceGroup}";
inline constexpr std::string_view deployments_table =
    "[].{Name:name, State:properties.provisioningState, Timestamp:properties.timestamp, "
    "Mode:properties.mode, "
    "ResourceGroup:resourceGroup}";
inline constexpr std::string_view validation_table =
    "{result:properties.provisioningState, correlationId:properties.correlationId}";

inline constexpr Option template_file{.names = "--template-file -f",
                                      .key = "template_file",
                                      .help = "File with the template, JSON with or without comments",
                                      .completes = "file"};
inline constexpr Option template_uri{
    .names = "--template-uri -u",
    .key = "template_uri",
    .help = "Address of the template",
    .status = Status::refused,
    .why = "it fetches nothing from the network; save the template to a file."};
inline constexpr Option template_parameters{
    .names = "--parameters -p",
    .key = "parameters",
    .help = "Values of parameters: name=value, JSON text, a file's name or @file; may be repeated",
    .arity = Arity::some,
    .completes = "file",
    .append = true};
inline constexpr Option deployment_name{
    .names = "--name -n",
    .key = "deployment_name",
    .help = "Name of the deployment; that of the template's file if left out"};
inline constexpr Option deployment_mode{.names = "--mode",
                                        .key = "mode",
                                        .help = "Complete also deletes what the template does not name",
                                        .choices = "Incremental Complete",
                                        .fallback = "Incremental"};
inline constexpr Option rollback_on_error{
    .names = "--rollback-on-error",
    .key = "rollback_on_error",
    .help = "Deployment to repeat when this one fails",
    .arity = Arity::optional,
    .status = Status::refused,
    .why = "a deployment's secret parameters are not kept, so that none can be repeated by itself."};
inline constexpr Option extended_json{.names = "--handle-extended-json-format -j",
                                      .key = "handle_extended_json_format",
                                      .help = "Allow comments in the template, which are allowed anyway",
                                      .arity = Arity::flag,
                                      .stage = Stage::deprecated};
inline constexpr Option aux_subscriptions{.names = "--aux-subs",
                                          .key = "aux_subscriptions",
                                          .help = "Subscriptions of other tenants to deploy into as well",
                                          .arity = Arity::some,
                                          .status = Status::refused,
                                          .why = "a deployment stays within one tenant here.",
                                          .stage = Stage::deprecated,
                                          .instead = "--aux-tenants"};
inline constexpr Option aux_tenants{.names = "--aux-tenants",
                                    .key = "aux_tenants",
                                    .help = "Other tenants to deploy into as well",
                                    .arity = Arity::some,
                                    .status = Status::refused,
                                    .why = "a deployment stays within one tenant here."};
inline constexpr Option no_prompt{.names = "--no-prompt",
                                  .key = "no_prompt",
                                  .help = "Do not ask for parameters that have no value",
                                  .arity = Arity::three_state};
inline constexpr Option template_spec{.names = "--template-spec -s",
                                      .key = "template_spec",
                                      .help = "Id of a template spec",
                                      .status = Status::refused,
                                      .why = "it has no template specs; save the template to a file."};
inline constexpr Option query_string{.names = "--query-string -q",
                                     .key = "query_string",
                                     .help = "Query string for the template's address",
                                     .status = Status::refused,
                                     .why = "it fetches nothing from the network."};
inline constexpr Option confirm_with_what_if{.names = "--confirm-with-what-if -c",
                                             .key = "confirm_with_what_if",
                                             .help = "Tell what would change, and ask before doing it",
                                             .arity = Arity::flag};
inline constexpr Option what_if{
    .names = "--what-if -w", .key = "what_if", .help = "Only tell what would change", .arity = Arity::flag};
inline constexpr Option proceed_if_no_change{.names = "--proceed-if-no-change",
                                             .key = "proceed_if_no_change",
                                             .help = "Do not ask when nothing would change",
                                             .arity = Arity::flag};

inline constexpr std::string_view result_formats = "ResourceIdOnly FullResourcePayloads";
inline constexpr std::string_view change_types = "Create Delete Ignore Deploy NoChange Modify Unsupported";

inline constexpr Option result_format{.names = "--result-format -r",
                                      .key = "result_format",
                                      .help = "Whether changes are told with the whole resources",
                                      .choices = result_formats,
                                      .fallback = "FullResourcePayloads"};
inline constexpr Option exclude_change_types{.names = "--exclude-change-types -x",
                                             .key = "exclude_change_types",
                                             .help = "Kinds of changes to leave out",
                                             .arity = Arity::some,
                                             .choices = change_types};
inline constexpr Option what_if_result_format{.names = "--what-if-result-format -r",
                                              .key = "what_if_result_format",
                                              .help = "Whether changes are told with the whole resources",
                                              .choices = result_formats,
                                              .fallback = "FullResourcePayloads"};
inline constexpr Option what_if_exclude_change_types{.names = "--what-if-exclude-change-types -x",
                                                     .key = "what_if_exclude_change_types",
                                                     .help = "Kinds of changes to leave out",
                                                     .arity = Arity::some,
                                                     .choices = change_types};
inline constexpr Option no_pretty_print{.names = "--no-pretty-print",
                                        .key = "no_pretty_print",
                                        .help = "Give the changes as JSON",
                                        .arity = Arity::flag};
inline constexpr Option deployment_filter{.names = "--filter",
                                          .key = "filter_string",
                                          .help = "OData filter, such as provisioningState eq 'Failed'",
                                          .stage = Stage::preview};
inline constexpr Option operation_ids{.names = "--operation-ids",
                                      .key = "operation_ids",
                                      .help = "Ids of the steps",
                                      .arity = Arity::some,
                                      .required = true};

}  // namespace azid::spec
