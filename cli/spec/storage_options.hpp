// Options that the commands about containers and blobs share.
#pragma once

#include "cli/spec/standard.hpp"

namespace azid::spec {

inline constexpr std::string_view no_sas = "azid gives out and takes no shared access signatures.";
inline constexpr std::string_view no_leases = "azid leases no containers and blobs.";
inline constexpr std::string_view no_snapshots = "azid keeps no snapshots and versions of blobs.";
inline constexpr std::string_view no_tag_conditions = "azid does not compare blobs' tags.";
inline constexpr std::string_view no_scopes = "azid's storage accounts have no encryption scopes.";

inline constexpr Option blob_account{.names = "--account-name",
                                     .key = "account_name",
                                     .help = "Name of the storage account",
                                     .completes = "storage-account",
                                     .section = "Storage Account"};
inline constexpr Option connection_string{.names = "--connection-string",
                                          .key = "connection_string",
                                          .help = "Connection string of the account",
                                          .section = "Storage Account"};
inline constexpr Option blob_endpoint{.names = "--blob-endpoint",
                                      .key = "blob_endpoint",
                                      .help = "Address of the blob service, in place of the name",
                                      .section = "Storage Account"};
inline constexpr Option account_key{.names = "--account-key",
                                    .key = "account_key",
                                    .help = "Key of the account",
                                    .section = "Storage Account"};
inline constexpr Option sas_token{.names = "--sas-token",
                                  .key = "sas_token",
                                  .help = "Shared access signature",
                                  .section = "Storage Account",
                                  .status = Status::refused,
                                  .why = no_sas};
inline constexpr Option auth_mode{
    .names = "--auth-mode",
    .key = "auth_mode",
    .help = "With whose rights: login is the signed-in account, key the holder of the account's key",
    .choices = "login key"};
inline constexpr Option request_timeout{.names = "--timeout",
                                        .key = "timeout",
                                        .help = "Seconds that a request may take",
                                        .section = "Additional Flags",
                                        .status = Status::recorded,
                                        .type = ValueType::integer};
inline constexpr Option if_modified_since{.names = "--if-modified-since",
                                          .key = "if_modified_since",
                                          .help = "Only if changed after this time, UTC",
                                          .section = "Precondition",
                                          .type = ValueType::datetime};
inline constexpr Option if_unmodified_since{.names = "--if-unmodified-since",
                                            .key = "if_unmodified_since",
                                            .help = "Only if not changed after this time, UTC",
                                            .section = "Precondition",
                                            .type = ValueType::datetime};
inline constexpr Option if_match{.names = "--if-match",
                                 .key = "if_match",
                                 .help = "Only if its etag is this one",
                                 .section = "Precondition"};
inline constexpr Option if_none_match{.names = "--if-none-match",
                                      .key = "if_none_match",
                                      .help = "Only if its etag is another one",
                                      .section = "Precondition"};
inline constexpr Option tags_condition{.names = "--tags-condition",
                                       .key = "tags_condition",
                                       .help = "Only if its tags fulfil this",
                                       .section = "Precondition",
                                       .status = Status::refused,
                                       .why = no_tag_conditions};
inline constexpr Option lease_id{.names = "--lease-id",
                                 .key = "lease_id",
                                 .help = "Id of the lease it is under",
                                 .status = Status::refused,
                                 .why = no_leases};
inline constexpr Option snapshot{.names = "--snapshot",
                                 .key = "snapshot",
                                 .help = "Snapshot of the blob",
                                 .status = Status::refused,
                                 .why = no_snapshots};
inline constexpr Option blob_url{
    .names = "--blob-url", .key = "blob_url", .help = "Full address of the blob"};
inline constexpr Option marker{.names = "--marker", .key = "marker", .help = "Where to go on"};
inline constexpr Option num_results{.names = "--num-results",
                                    .key = "num_results",
                                    .help = "How many at most; * for all",
                                    .fallback = "5000"};
inline constexpr Option prefix{.names = "--prefix", .key = "prefix", .help = "Only names that begin so"};
inline constexpr Option no_progress{.names = "--no-progress",
                                    .key = "no_progress",
                                    .help = "Show no progress, as azid never does",
                                    .arity = Arity::flag,
                                    .section = "Additional Flags",
                                    .status = Status::recorded};
inline constexpr Option max_connections{.names = "--max-connections",
                                        .key = "max_connections",
                                        .help = "How many connections to use",
                                        .fallback = "2",
                                        .section = "Additional Flags",
                                        .status = Status::recorded,
                                        .type = ValueType::integer};
inline constexpr Option validate_content{.names = "--validate-content",
                                         .key = "validate_content",
                                         .help = "Check the content on its way, as azid always does",
                                         .arity = Arity::flag,
                                         .section = "Content Control",
                                         .status = Status::recorded};

}  // namespace azid::spec
