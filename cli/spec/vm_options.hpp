// Options that say where and how a machine runs, shared by the commands that make or change machines. azid
// keeps most of what they say and shows it, without other effect.
#pragma once

#include "cli/spec/spec.hpp"

namespace azid::spec::machine {

inline constexpr Option availability_set{.names = "--availability-set",
                                         .key = "availability_set",
                                         .help = "Availability set to put the machine into, by name or id",
                                         .status = Status::recorded};
inline constexpr Option plan_name{.names = "--plan-name",
                                  .key = "plan_name",
                                  .help = "Name of the purchase plan of the image",
                                  .section = "Marketplace Image Plan",
                                  .status = Status::recorded};
inline constexpr Option plan_product{.names = "--plan-product",
                                     .key = "plan_product",
                                     .help = "Product of the purchase plan",
                                     .section = "Marketplace Image Plan",
                                     .status = Status::recorded};
inline constexpr Option plan_publisher{.names = "--plan-publisher",
                                       .key = "plan_publisher",
                                       .help = "Publisher of the purchase plan",
                                       .section = "Marketplace Image Plan",
                                       .status = Status::recorded};
inline constexpr Option plan_promotion_code{.names = "--plan-promotion-code",
                                            .key = "plan_promotion_code",
                                            .help = "Promotion code of the purchase plan",
                                            .section = "Marketplace Image Plan",
                                            .status = Status::recorded};
inline constexpr Option license_type{
    .names = "--license-type",
    .key = "license_type",
    .help = "Licence that is brought along",
    .choices =
        "Windows_Server Windows_Client RHEL_BYOS SLES_BYOS RHEL_BASE RHEL_SAPAPPS RHEL_SAPHA "
        "RHEL_EUS RHEL_BASESAPAPPS RHEL_BASESAPHA SLES_STANDARD SLES SLES_SAP SLES_HPC None "
        "RHEL_ELS_6 UBUNTU_PRO UBUNTU",
    .status = Status::recorded};
inline constexpr Option encryption_identity{.names = "--encryption-identity",
                                            .key = "encryption_identity",
                                            .help = "User-assigned identity for disk encryption, by id",
                                            .status = Status::recorded};
inline constexpr Option boot_diagnostics_storage{
    .names = "--boot-diagnostics-storage",
    .key = "boot_diagnostics_storage",
    .help = "Storage account for boot diagnostics, by name or blob URI",
    .status = Status::recorded};
inline constexpr Option ultra_ssd_enabled{.names = "--ultra-ssd-enabled",
                                          .key = "ultra_ssd_enabled",
                                          .help = "Allow ultra disks",
                                          .arity = Arity::three_state,
                                          .section = "Storage",
                                          .status = Status::recorded};
inline constexpr Option proximity_placement_group{.names = "--ppg",
                                                  .key = "proximity_placement_group",
                                                  .help = "Proximity placement group, by name or id",
                                                  .status = Status::recorded};
inline constexpr Option dedicated_host{.names = "--host",
                                       .key = "dedicated_host",
                                       .help = "Dedicated host, by id",
                                       .section = "Dedicated Host",
                                       .status = Status::recorded,
                                       .stage = Stage::preview};
inline constexpr Option dedicated_host_group{.names = "--host-group",
                                             .key = "dedicated_host_group",
                                             .help = "Dedicated host group, by name or id",
                                             .section = "Dedicated Host",
                                             .status = Status::recorded,
                                             .stage = Stage::preview};
inline constexpr Option priority{.names = "--priority",
                                 .key = "priority",
                                 .help = "Priority against other machines",
                                 .choices = "Regular Low Spot",
                                 .status = Status::recorded};
inline constexpr Option max_price{.names = "--max-price",
                                  .key = "max_price",
                                  .help = "Highest price to pay for a spot machine",
                                  .status = Status::recorded,
                                  .type = ValueType::real,
                                  .stage = Stage::preview};
inline constexpr Option eviction_policy{.names = "--eviction-policy",
                                        .key = "eviction_policy",
                                        .help = "What happens to a spot machine that is evicted",
                                        .choices = "Deallocate Delete",
                                        .status = Status::recorded};
inline constexpr Option enable_agent{.names = "--enable-agent",
                                     .key = "enable_agent",
                                     .help = "Whether the machine gets the guest agent",
                                     .arity = Arity::three_state,
                                     .status = Status::recorded};
inline constexpr Option vmss{.names = "--vmss",
                             .key = "vmss",
                             .help = "Scale set to put the machine into, by name or id",
                             .status = Status::recorded};
inline constexpr Option encryption_at_host{.names = "--encryption-at-host",
                                           .key = "encryption_at_host",
                                           .help = "Encrypt on the host",
                                           .arity = Arity::three_state,
                                           .section = "Storage",
                                           .status = Status::recorded};
inline constexpr Option enable_auto_update{.names = "--enable-auto-update",
                                           .key = "enable_auto_update",
                                           .help = "Whether Windows updates itself",
                                           .arity = Arity::three_state,
                                           .status = Status::recorded};
inline constexpr Option patch_mode{.names = "--patch-mode",
                                   .key = "patch_mode",
                                   .help = "How the guest is patched",
                                   .choices = "AutomaticByOS AutomaticByPlatform Manual ImageDefault",
                                   .status = Status::recorded};
inline constexpr Option enable_hotpatching{.names = "--enable-hotpatching",
                                           .key = "enable_hotpatching",
                                           .help = "Patch without restarts",
                                           .arity = Arity::three_state,
                                           .status = Status::recorded};
inline constexpr Option platform_fault_domain{.names = "--platform-fault-domain",
                                              .key = "platform_fault_domain",
                                              .help = "Fault domain within the scale set",
                                              .status = Status::recorded};
inline constexpr Option security_type{
    .names = "--security-type",
    .key = "security_type",
    .help = "Security type; TrustedLaunch by itself where the image can do it",
    .choices = "TrustedLaunch Standard ConfidentialVM",
    .status = Status::recorded};
inline constexpr Option enable_secure_boot{.names = "--enable-secure-boot",
                                           .key = "enable_secure_boot",
                                           .help = "Secure boot",
                                           .arity = Arity::three_state,
                                           .status = Status::recorded};
inline constexpr Option enable_vtpm{.names = "--enable-vtpm",
                                    .key = "enable_vtpm",
                                    .help = "Virtual trusted platform module",
                                    .arity = Arity::three_state,
                                    .status = Status::recorded};
inline constexpr Option capacity_reservation_group{.names = "--capacity-reservation-group --crg",
                                                   .key = "capacity_reservation_group",
                                                   .help = "Capacity reservation group, by name or id",
                                                   .status = Status::recorded,
                                                   .stage = Stage::preview};
inline constexpr Option enable_hibernation{.names = "--enable-hibernation",
                                           .key = "enable_hibernation",
                                           .help = "Allow the machine to hibernate",
                                           .arity = Arity::three_state,
                                           .status = Status::recorded};
inline constexpr Option v_cpus_available{.names = "--v-cpus-available",
                                         .key = "v_cpus_available",
                                         .help = "Number of virtual processors",
                                         .status = Status::recorded,
                                         .type = ValueType::integer};
inline constexpr Option v_cpus_per_core{.names = "--v-cpus-per-core",
                                        .key = "v_cpus_per_core",
                                        .help = "Virtual processors on each core",
                                        .status = Status::recorded,
                                        .type = ValueType::integer};
inline constexpr Option disable_integrity_monitoring{
    .names = "--disable-integrity-monitoring",
    .key = "disable_integrity_monitoring",
    .help = "Do not install the attestation extension, as by default",
    .arity = Arity::flag,
    .stage = Stage::deprecated};
inline constexpr Option enable_integrity_monitoring{
    .names = "--enable-integrity-monitoring",
    .key = "enable_integrity_monitoring",
    .help =
        "Install the attestation extension and turn the system-assigned identity on; azid keeps the "
        "extension and shows it",
    .arity = Arity::flag};
inline constexpr Option disable_integrity_monitoring_autoupgrade{
    .names = "--disable-integrity-monitoring-autoupgrade",
    .key = "disable_integrity_monitoring_autoupgrade",
    .help = "Do not upgrade the attestation extension",
    .arity = Arity::flag};
inline constexpr Option enable_proxy_agent{.names = "--enable-proxy-agent",
                                           .key = "enable_proxy_agent",
                                           .help = "Turn on the proxy agent",
                                           .arity = Arity::three_state,
                                           .status = Status::recorded};
inline constexpr Option proxy_agent_mode{.names = "--proxy-agent-mode",
                                         .key = "proxy_agent_mode",
                                         .help = "What the proxy agent does",
                                         .choices = "Audit Enforce",
                                         .status = Status::recorded,
                                         .stage = Stage::deprecated,
                                         .instead = "--wire-server-mode"};
inline constexpr Option additional_scheduled_events{
    .names = "--additional-scheduled-events --additional-events",
    .key = "additional_scheduled_events",
    .help = "Publish scheduled events to Event Grid and Resource Graph too",
    .arity = Arity::three_state,
    .status = Status::recorded};
inline constexpr Option enable_user_reboot_scheduled_events{
    .names = "--enable-user-reboot-scheduled-events --enable-reboot",
    .key = "enable_user_reboot_scheduled_events",
    .help = "Approve the user's restarts by themselves",
    .arity = Arity::three_state,
    .status = Status::recorded};
inline constexpr Option enable_user_redeploy_scheduled_events{
    .names = "--enable-user-redeploy-scheduled-events --enable-redeploy",
    .key = "enable_user_redeploy_scheduled_events",
    .help = "Approve the user's redeployments by themselves",
    .arity = Arity::three_state,
    .status = Status::recorded};
inline constexpr Option zone_placement_policy{.names = "--zone-placement-policy",
                                              .key = "zone_placement_policy",
                                              .help = "Let Azure choose the zone",
                                              .choices = "Any",
                                              .status = Status::refused,
                                              .why = "azid places no machines: name a zone with --zone."};
inline constexpr Option include_zones{.names = "--include-zones",
                                      .key = "include_zones",
                                      .help = "Zones to choose from",
                                      .arity = Arity::some,
                                      .status = Status::refused,
                                      .why = "azid places no machines: name a zone with --zone."};
inline constexpr Option exclude_zones{.names = "--exclude-zones",
                                      .key = "exclude_zones",
                                      .help = "Zones to leave out",
                                      .arity = Arity::some,
                                      .status = Status::refused,
                                      .why = "azid places no machines: name a zone with --zone."};
inline constexpr Option align_regional_disks_to_vm_zone{
    .names = "--align-regional-disks-to-vm-zone --align-regional-disks",
    .key = "align_regional_disks_to_vm_zone",
    .help = "Move regional disks to the machine's zone",
    .arity = Arity::three_state,
    .status = Status::recorded};
inline constexpr Option wire_server_mode{.names = "--wire-server-mode",
                                         .key = "wire_server_mode",
                                         .help = "What the proxy agent does about the wire server",
                                         .choices = "Audit Enforce",
                                         .status = Status::recorded};
inline constexpr Option imds_mode{.names = "--imds-mode",
                                  .key = "imds_mode",
                                  .help = "What the proxy agent does about the metadata service",
                                  .choices = "Audit Enforce",
                                  .status = Status::recorded};
inline constexpr Option wire_server_access_control_profile_reference_id{
    .names = "--wire-server-access-control-profile-reference-id --wire-server-profile-id",
    .key = "wire_server_access_control_profile_reference_id",
    .help = "Access control profile of the wire server, by id",
    .status = Status::recorded};
inline constexpr Option imds_access_control_profile_reference_id{
    .names = "--imds-access-control-profile-reference-id --imds-profile-id",
    .key = "imds_access_control_profile_reference_id",
    .help = "Access control profile of the metadata service, by id",
    .status = Status::recorded};
inline constexpr Option key_incarnation_id{.names = "--key-incarnation-id",
                                           .key = "key_incarnation_id",
                                           .help = "A higher number resets the key between guest and host",
                                           .status = Status::recorded,
                                           .type = ValueType::integer};

}  // namespace azid::spec::machine
