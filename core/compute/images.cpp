#include "core/compute/images.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace azid::compute {

namespace {

constexpr Alias aliases[] = {
    {"CentOS85Gen2", "OpenLogic", "CentOS", "8_5-gen2", "Linux"},
    {"Debian11", "Debian", "debian-11", "11-backports-gen2", "Linux"},
    {"FlatcarLinuxFreeGen2", "kinvolk", "flatcar-container-linux-free", "stable-gen2", "Linux"},
    {"OpenSuseLeap154Gen2", "SUSE", "openSUSE-leap-15-4", "gen2", "Linux"},
    {"RHELRaw8LVMGen2", "RedHat", "RHEL", "8-lvm-gen2", "Linux"},
    {"SuseSles15SP3", "SUSE", "sles-15-sp3", "gen2", "Linux"},
    {"Ubuntu2204", "Canonical", "0001-com-ubuntu-server-jammy", "22_04-lts-gen2", "Linux"},
    {"Win2022Datacenter", "MicrosoftWindowsServer", "WindowsServer", "2022-datacenter-g2", "Windows"},
    {"Win2022AzureEditionCore", "MicrosoftWindowsServer", "WindowsServer",
     "2022-datacenter-azure-edition-core", "Windows"},
    {"Win2019Datacenter", "MicrosoftWindowsServer", "WindowsServer", "2019-datacenter-gensecond", "Windows"},
    {"Win2016Datacenter", "MicrosoftWindowsServer", "WindowsServer", "2016-datacenter-gensecond", "Windows"},
    {"Win2012R2Datacenter", "MicrosoftWindowsServer", "WindowsServer", "2012-R2-Datacenter", "Windows"},
    {"Win2012Datacenter", "MicrosoftWindowsServer", "WindowsServer", "2012-Datacenter", "Windows"},
};

struct Publisher {
    std::string_view name;
    std::string_view os_type;
    std::string_view os_name;
    int disk_gb;
};

// Whose images there are, and what all of them have in common.
constexpr Publisher publishers[] = {
    {"Canonical", "Linux", "ubuntu", 30},
    {"Debian", "Linux", "debian", 30},
    {"OpenLogic", "Linux", "centos", 30},
    {"RedHat", "Linux", "redhat", 64},
    {"SUSE", "Linux", "suse", 30},
    {"kinvolk", "Linux", "flatcar", 30},
    {"CoreOS", "Linux", "coreos", 30},
    {"Oracle", "Linux", "oracle", 64},
    {"almalinux", "Linux", "almalinux", 30},
    {"resf", "Linux", "rocky", 30},
    {"credativ", "Linux", "debian", 30},
    {"MicrosoftCBLMariner", "Linux", "mariner", 30},
    {"microsoft-dsvm", "Linux", "ubuntu", 150},
    {"microsoft-aks", "Linux", "ubuntu", 30},
    {"MicrosoftWindowsServer", "Windows", "Windows Server", 127},
    {"MicrosoftWindowsDesktop", "Windows", "Windows", 127},
    {"MicrosoftSQLServer", "Windows", "Windows Server", 127},
    {"MicrosoftVisualStudio", "Windows", "Windows", 127},
};

// Second-generation images say so in their name; server editions from 2022 on have no other.
bool second_generation(std::string_view sku) {
    const std::string name = lower(sku);
    for (const std::string_view mark : {"gen2", "gensecond", "-g2", "azure-edition", "server-arm64"})
        if (name.find(mark) != std::string::npos) return true;
    return false;
}

// The first run of digits, full stops and underscores in the sku: "22_04-lts" is version 22.04.
std::string version_in(std::string_view sku) {
    std::string version;
    for (const char c : sku) {
        const bool digit = c >= '0' && c <= '9';
        if (digit)
            version += c;
        else if (!version.empty() && (c == '_' || c == '.'))
            version += '.';
        else if (!version.empty())
            break;
    }
    while (version.ends_with('.')) version.pop_back();
    return version;
}

}  // namespace

std::span<const Alias> image_aliases() { return aliases; }

const Alias* find_alias(std::string_view name) {
    for (const Alias& alias : aliases)
        if (iequals(alias.name, name)) return &alias;
    return nullptr;
}

std::string ImageReference::urn() const { return publisher + ":" + offer + ":" + sku + ":" + version; }

std::optional<ImageReference> parse_urn(std::string_view text) {
    const std::vector<std::string> parts = split(text, ':');
    if (parts.size() != 4 ||
        std::any_of(parts.begin(), parts.end(), [](const std::string& part) { return part.empty(); }))
        return {};
    return ImageReference{parts[0], parts[1], parts[2], parts[3]};
}

std::optional<Image> find_image(const ImageReference& reference) {
    for (const Publisher& publisher : publishers) {
        if (!iequals(publisher.name, reference.publisher)) continue;
        const bool second = second_generation(reference.sku);
        const bool latest = iequals(reference.version, "latest");
        return Image{std::string(publisher.os_type),
                     latest ? "1.0.0" : reference.version,
                     publisher.disk_gb,
                     second ? "V2" : "V1",
                     second,
                     publisher.os_name,
                     version_in(reference.sku)};
    }
    return {};
}

}  // namespace azid::compute
