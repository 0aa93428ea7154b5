// The names in the catalog: offers of images, and the built-in run commands.
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/catalog.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::compute {

namespace {

constexpr Offer all_offers[] = {
    {"Canonical", "0001-com-ubuntu-server-focal", "20_04-lts 20_04-lts-gen2 20_04-lts-arm64"},
    {"Canonical", "0001-com-ubuntu-server-jammy", "22_04-lts 22_04-lts-gen2 22_04-lts-arm64"},
    {"Canonical", "Ubuntu_Core", "16 18"},
    {"Canonical", "UbuntuServer", "16.04-LTS 16_04-lts-gen2 18.04-LTS 18_04-lts-gen2"},
    {"Canonical", "ubuntu-24_04-lts", "minimal minimal-gen1 server server-arm64 server-gen1"},
    {"Debian", "debian-11", "11 11-gen2 11-backports 11-backports-gen2"},
    {"Debian", "debian-12", "12 12-gen2 12-arm64"},
    {"MicrosoftCBLMariner", "cbl-mariner", "cbl-mariner-2 cbl-mariner-2-gen2 cbl-mariner-2-arm64"},
    {"MicrosoftSQLServer", "sql2019-ws2022", "enterprise sqldev sqldev-gen2 standard web"},
    {"MicrosoftSQLServer", "sql2022-ws2022", "enterprise-gen2 sqldev-gen2 standard-gen2 web-gen2"},
    {"MicrosoftVisualStudio", "visualstudio2022", "vs-2022-comm-latest-ws2022 vs-2022-ent-latest-ws2022"},
    {"MicrosoftWindowsDesktop", "Windows-10", "win10-22h2-ent win10-22h2-ent-g2 win10-22h2-pro"},
    {"MicrosoftWindowsDesktop", "Windows-11", "win11-22h2-ent win11-22h2-pro win11-23h2-ent"},
    {"MicrosoftWindowsServer", "WindowsServer",
     "2012-Datacenter 2012-R2-Datacenter 2016-Datacenter 2016-datacenter-gensecond 2019-Datacenter "
     "2019-datacenter-gensecond 2022-Datacenter 2022-datacenter-azure-edition "
     "2022-datacenter-azure-edition-core 2022-datacenter-g2 2022-datacenter-core-g2"},
    {"OpenLogic", "CentOS", "7.5 7.9 7_9-gen2 8_5 8_5-gen2"},
    {"Oracle", "Oracle-Linux", "ol79 ol79-gen2 ol8_7-lvm-gen2 ol9-lvm-gen2"},
    {"RedHat", "RHEL", "7.9 7lvm-gen2 8-lvm 8-lvm-gen2 8_7 87-gen2 9-lvm 9-lvm-gen2"},
    {"SUSE", "openSUSE-leap-15-4", "gen1 gen2"},
    {"SUSE", "sles-15-sp3", "gen1 gen2"},
    {"SUSE", "sles-15-sp5", "gen1 gen2"},
    {"almalinux", "almalinux-x86_64", "8-gen1 8-gen2 9-gen1 9-gen2"},
    {"kinvolk", "flatcar-container-linux-free", "beta-gen2 stable stable-gen2"},
    {"microsoft-aks", "aks", "aks-ubuntu-2204-gen2"},
    {"microsoft-dsvm", "ubuntu-2004", "2004 2004-gen2"},
    {"resf", "rockylinux-x86_64", "8-base 9-base"},
};

struct BuiltIn {
    std::string_view id;
    std::string_view os_type;
    std::string_view label;
};
constexpr BuiltIn built_ins[] = {
    {"DisableNLA", "Windows", "Turn network level authentication off"},
    {"DisableWindowsUpdate", "Windows", "Turn Windows Update off"},
    {"EnableAdminAccount", "Windows", "Turn the administrator's account on"},
    {"EnableEMS", "Windows", "Turn Emergency Management Services on"},
    {"EnableRemotePS", "Windows", "Turn remote PowerShell on"},
    {"EnableWindowsUpdate", "Windows", "Turn Windows Update on"},
    {"IPConfig", "Windows", "List the network configuration"},
    {"RDPSettings", "Windows", "Verify the settings of Remote Desktop"},
    {"ResetRDPCert", "Windows", "Restore the certificate of Remote Desktop"},
    {"RunPowerShellScript", "Windows", "Run a PowerShell script"},
    {"SetRDPPort", "Windows", "Set the port of Remote Desktop"},
    {"RunShellScript", "Linux", "Run a shell script"},
    {"ifconfig", "Linux", "List the network configuration"},
};

Json base(const BuiltIn& command) {
    return {{"$schema", "http://schema.management.azure.com/schemas/2016-11-17/runcommands.json"},
            {"id", command.id},
            {"osType", command.os_type},
            {"label", command.label},
            {"description", fmt::format("{}.", command.label)}};
}

Json script_of(const BuiltIn& command) {
    if (command.id == "ifconfig") return Json::array({"#!/bin/sh", "ifconfig"});
    if (command.id == "IPConfig") return Json::array({"ipconfig /all"});
    return Json::array();
}

}  // namespace

std::span<const Offer> offers() { return all_offers; }

Json run_commands_wire(Session&, const arm::ResourceId&) {
    Json items = Json::array();
    for (const BuiltIn& command : built_ins) items.push_back(base(command));
    return {{"value", std::move(items)}};
}

Json run_command_wire(Session&, const arm::ResourceId& id) {
    for (const BuiltIn& command : built_ins) {
        if (!iequals(command.id, id.name())) continue;
        Json document = base(command);
        document["script"] = script_of(command);
        document["parameters"] = Json::array();
        return document;
    }
    throw Error(fault::not_found,
                fmt::format("The entity {} was not found in this Azure location.", id.name()));
}

}  // namespace azid::compute
