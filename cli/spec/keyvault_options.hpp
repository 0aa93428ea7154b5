// Options that the commands about vaults, secrets and keys share.
#pragma once

#include "cli/spec/standard.hpp"

namespace azid::spec {

inline constexpr std::string_view no_hsm = "azid has vaults, not managed HSMs.";

inline constexpr Option vault_name{
    .names = "--name -n", .key = "vault_name", .help = "Name of the vault", .completes = "vault"};
inline constexpr Option deleted_vault_name{
    .names = "--name -n", .key = "vault_name", .help = "Name of the deleted vault"};
inline constexpr Option vault_location = described(location, "Region that the vault was in");
inline constexpr Option hsm_name{.names = "--hsm-name",
                                 .key = "hsm_name",
                                 .help = "Name of a managed HSM",
                                 .status = Status::refused,
                                 .why = no_hsm};
inline constexpr Option vault_resource_type{.names = "--resource-type",
                                            .key = "resource_type",
                                            .help = "vault (the default), or hsm, of which there are none",
                                            .status = Status::recorded};

// The data plane's: which vault, which secret or key of it.
inline constexpr Option in_vault{.names = "--vault-name",
                                 .key = "vault_base_url",
                                 .help = "Name of the vault",
                                 .completes = "vault",
                                 .section = "Id"};
inline constexpr Option in_hsm{.names = "--hsm-name",
                               .key = "hsm_name",
                               .help = "Name of a managed HSM",
                               .section = "Id",
                               .status = Status::refused,
                               .why = no_hsm};
inline constexpr Option object_name{
    .names = "--name -n", .key = "name", .help = "Name within the vault", .section = "Id"};
inline constexpr Option object_version{
    .names = "--version -v", .key = "version", .help = "Version, the newest if left out", .section = "Id"};
inline constexpr Option object_id{
    .names = "--id", .key = "identifier", .help = "Full address in place of vault and name", .section = "Id"};
inline constexpr Option vault_id_option = described(object_id, "Address of the vault in place of its name");
inline constexpr Option most_results{
    .names = "--maxresults", .key = "max_page_size", .help = "How many at most", .type = ValueType::integer};
inline constexpr Option include_managed{.names = "--include-managed",
                                        .key = "include_managed",
                                        .help = "Also those that certificates keep, of which there are none",
                                        .arity = Arity::three_state,
                                        .status = Status::recorded};
inline constexpr Option not_before{.names = "--not-before",
                                   .key = "not_before",
                                   .help = "Time from which it is meant to be used, UTC",
                                   .type = ValueType::datetime};
inline constexpr Option expires{.names = "--expires",
                                .key = "expires_on",
                                .help = "Time until which it is meant to be used, UTC",
                                .type = ValueType::datetime};
inline constexpr Option disabled{.names = "--disabled",
                                 .key = "disabled",
                                 .help = "Make it unusable from the beginning",
                                 .arity = Arity::three_state};
inline constexpr Option enabled{
    .names = "--enabled", .key = "enabled", .help = "Whether it can be used", .arity = Arity::three_state};
inline constexpr Option into_file{
    .names = "--file -f", .key = "file_path", .help = "File to write", .required = true, .completes = "file"};
inline constexpr Option from_backup{.names = "--file -f",
                                    .key = "file_path",
                                    .help = "File with the backup",
                                    .required = true,
                                    .completes = "file"};

// Whom an access policy is about.
inline constexpr Option policy_object_id{
    .names = "--object-id", .key = "object_id", .help = "Object id of the principal that the policy is for"};
inline constexpr Option policy_application_id{
    .names = "--application-id",
    .key = "application_id",
    .help = "Client id of the application that has to ask on the principal's behalf"};
inline constexpr Option policy_spn{
    .names = "--spn", .key = "spn", .help = "The service principal it is for, by client id or name URI"};
inline constexpr Option policy_upn{
    .names = "--upn", .key = "upn", .help = "The user it is for, by user principal name"};

}  // namespace azid::spec
