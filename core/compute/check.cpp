#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/compute/profile.hpp"
#include "core/compute/sizes.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace azid::compute {

namespace {

std::string text_in(const Json& value, std::string_view path) {
    const Json* found = find(value, path);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

[[noreturn]] void refuse(const std::string& target, const std::string& message) {
    throw Error(fault::invalid_parameter, message).with_target(target);
}

void check_size(const Json& properties, bool is_new) {
    const std::string name = text_in(properties, "hardwareProfile.vmSize");
    if (name.empty() && !is_new) return;
    if (name.empty()) refuse("vmSize", "Required parameter 'vmSize' is missing (null).");
    if (find_size(name) != nullptr) return;
    refuse("vmSize",
           fmt::format("The value {} provided for the VM size is not valid. The valid sizes in the current "
                       "region are: {}. Find out more on the valid VM sizes in each region at "
                       "https://aka.ms/azure-regions.",
                       name, size_names()));
}

void check_image(const Json& properties) {
    const Json* reference = find(properties, "storageProfile.imageReference");
    if (reference == nullptr || image_of(properties)) return;
    if (!text_at(*reference, "id").empty())
        throw Error(fault::not_modelled,
                    "azid has no custom images: give a marketplace image such as Ubuntu2204, or attach a "
                    "disk.");
    refuse("imageReference",
           fmt::format("The following list of images referenced from the deployment template are not found: "
                       "Publisher: {}, Offer: {}, Sku: {}, Version: {}. Please refer to "
                       "https://docs.microsoft.com/en-us/azure/virtual-machines/windows/cli-ps-findimage "
                       "for instructions on finding available images.",
                       text_at(*reference, "publisher"), text_at(*reference, "offer"),
                       text_at(*reference, "sku"), text_at(*reference, "version")));
}

struct HostNameRule {
    std::size_t longest;
    std::string_view forbidden;
    std::string_view message;
};
constexpr HostNameRule windows_rule{
    15, "`~!@#$%^&*()=+_[]{}\\|;:.'\",<>/?",
    "Windows computer name cannot be more than 15 characters long, be entirely numeric, or contain the "
    "following characters: ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : . ' \" , < > / ?."};
constexpr HostNameRule linux_rule{
    64, "`~!@#$%^&*()=+_[]{}\\|;:'\",<>/?",
    "Linux host name cannot exceed 64 characters in length or contain the following characters: ` ~ ! @ # $ "
    "% ^ & * ( ) = + _ [ ] { } \\ | ; : ' \" , < > / ?."};

void check_computer_name(const std::string& name, bool windows) {
    const HostNameRule& rule = windows ? windows_rule : linux_rule;
    const bool numeric =
        windows && !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
    if (name.size() > rule.longest || numeric || name.find_first_of(rule.forbidden) != std::string::npos)
        refuse("computerName", std::string(rule.message));
}

constexpr std::size_t longest_name = 64;

// 1 to 64 letters, digits, '_', '-' and '.', not beginning with '_' nor ending with '-' or '.'
// (resource-name-rules).
bool is_machine_name(std::string_view name) {
    const auto allowed = [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
    };
    return !name.empty() && name.size() <= longest_name && std::all_of(name.begin(), name.end(), allowed) &&
           std::isalnum(static_cast<unsigned char>(name.front())) != 0 && name.back() != '-' &&
           name.back() != '.';
}

// A new machine made of an image needs a name, an administrator and a way to sign in.
void check_new_os(const Json& properties, bool windows) {
    const Json* os = find(properties, "osProfile");
    if (os == nullptr) refuse("osProfile", "Required parameter 'osProfile' is missing (null).");
    for (const char* required : {"computerName", "adminUsername"})
        if (text_at(*os, required).empty())
            refuse(required, fmt::format("Required parameter '{}' is missing (null).", required));
    check_computer_name(text_at(*os, "computerName"), windows);
    const Json* keys = find(*os, "linuxConfiguration.ssh.publicKeys");
    const Json* no_password = find(*os, "linuxConfiguration.disablePasswordAuthentication");
    const bool with_key = keys != nullptr && !keys->empty();
    if (no_password != nullptr && *no_password == true && !with_key)
        refuse("linuxConfiguration",
               "Authentication using either SSH or by user name and password must be enabled in Linux "
               "profile.");
    if (!with_key && text_at(*os, "adminPassword").empty())
        refuse("adminPassword", "Required parameter 'adminPassword' is missing (null).");
}

// Texts without case; objects whatever the order of their members.
bool same(const Json& left, const Json& right) {
    if (left.is_string() && right.is_string())
        return iequals(left.get<std::string>(), right.get<std::string>());
    return nlohmann::json::parse(compact(left)) == nlohmann::json::parse(compact(right));
}

// Another disk to start from brings its own name.
bool os_disk_swapped(const Json& properties, const Json& before) {
    const std::string now = text_in(properties, "storageProfile.osDisk.managedDisk.id");
    return !now.empty() && !iequals(now, text_in(before, "storageProfile.osDisk.managedDisk.id"));
}

// What a machine keeps for life.
void check_unchanged(const Json& properties, const Json& before) {
    static constexpr std::pair<std::string_view, std::string_view> fixed[] = {
        {"osProfile.adminUsername", "osProfile.adminUsername"},
        {"osProfile.computerName", "osProfile.computerName"},
        {"storageProfile.imageReference.publisher", "imageReference"},
        {"storageProfile.imageReference.offer", "imageReference"},
        {"storageProfile.imageReference.sku", "imageReference"},
        {"storageProfile.imageReference.version", "imageReference"},
        {"storageProfile.osDisk.name", "osDisk.name"},
        {"availabilitySet.id", "availabilitySet.id"},
        {"osProfile.linuxConfiguration.ssh.publicKeys", "linuxConfiguration.ssh.publicKeys"},
    };
    for (const auto& [path, shown] : fixed) {
        const Json* now = find(properties, path);
        const Json* then = find(before, path);
        if (now == nullptr || (then != nullptr && same(*now, *then))) continue;
        if (path == "storageProfile.osDisk.name" && os_disk_swapped(properties, before)) continue;
        throw Error(fault::property_change_not_allowed,
                    fmt::format("Changing property '{}' is not allowed.", shown))
            .with_target(std::string(shown));
    }
}

}  // namespace

void check_machine_name(std::string_view name) {
    if (!is_machine_name(name))
        refuse("vmName",
               "The entity name 'vmName' is invalid according to its validation rule: "
               "^[^_\\W][\\w-._]{0,63}(?<![-.])$.");
}

void check_properties(const Json& properties, const Json* before) {
    check_size(properties, before == nullptr);
    if (before != nullptr) {
        check_unchanged(properties, *before);
        return;
    }
    check_image(properties);
    const std::optional<Image> image = image_of(properties);
    if (image) check_new_os(properties, image->os_type == "Windows");
    const Json* interfaces = find(properties, "networkProfile.networkInterfaces");
    // Laxer than Azure without an image: the SDKs' own samples and tests make such machines.
    if (image && (interfaces == nullptr || interfaces->empty()))
        refuse("networkProfile", "Required parameter 'networkProfile' is missing (null).");
}

}  // namespace azid::compute
