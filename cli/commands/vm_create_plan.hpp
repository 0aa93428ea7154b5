// What "vm create" has decided before anything is made: its options checked and completed as az does, in az's
// order, with az's words.
#pragma once

#include "cli/app/context.hpp"
#include "cli/commands/managed_identity.hpp"
#include "core/compute/images.hpp"

#include <optional>
#include <string>
#include <vector>

namespace azid::commands {

// A resource that the command may make or find.
enum class Origin { none, existing, made };

struct VmPlan {
    std::string name;
    std::string location;
    std::string zone;  // empty for none
    std::string tags;  // JSON text

    // The disk that the machine starts from: one of these three.
    std::optional<compute::ImageReference> image;
    std::string os_disk;  // id of a managed disk to attach
    std::string os_vhd;   // of an unmanaged disk to attach
    std::string os_type;  // "Linux" or "Windows"
    std::string security_type;
    std::optional<bool> secure_boot;
    std::optional<bool> vtpm;
    std::string os_disk_body;  // JSON text
    std::string data_disks;    // JSON text

    Origin network = Origin::none;
    std::string network_name;
    std::string subnet_id;
    std::string subnet_name;
    Origin group = Origin::none;  // the network security group
    std::string group_id;
    Origin address = Origin::none;  // the public address
    std::string address_id;
    std::vector<std::string> interfaces;  // ids of existing ones; empty: one is made

    std::string admin_username;
    std::string admin_password;
    std::vector<std::string> ssh_keys;
    std::string authentication;  // "ssh", "password", "all"; empty for a disk with an owner

    bool with_identity = false;
    WantedIdentities identities;
    std::string role;  // as typed
    std::string role_id;
    std::string scope;
};

// The parts of the check, each in its own source file. Throws Error (fault::client mostly) with az's texts.
void plan_storage(app::Context& context, VmPlan& plan);
void plan_network(app::Context& context, VmPlan& plan);
void plan_authentication(app::Context& context, VmPlan& plan);

// The id of a resource that is named, or given as an id already, in the machine's group.
std::string resource_id(const app::Context& context, std::string_view provider, std::string_view type,
                        const std::string& name_or_id);

// The plan as the resources of a template, in az's order. index is empty, or the number of the machine of
// --count.
Json template_resources(app::Context& context, const VmPlan& plan, const std::string& index);

}  // namespace azid::commands
