// Marketplace images: az's short names for them, and what a machine gets from one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azid::compute {

struct Alias {
    std::string_view name;  // "Ubuntu2204"
    std::string_view publisher;
    std::string_view offer;
    std::string_view sku;
    std::string_view os_type;  // "Linux", "Windows"
};

// The thirteen that az 2.74 carries, in its order.
std::span<const Alias> image_aliases();
// Without case, as az compares them: the documents write win2016datacenter. Null when there is none.
const Alias* find_alias(std::string_view name);

struct ImageReference {
    std::string publisher;
    std::string offer;
    std::string sku;
    std::string version;

    std::string urn() const;
};

// "publisher:offer:sku:version". Empty when it has not these four parts.
std::optional<ImageReference> parse_urn(std::string_view text);

struct Image {
    std::string os_type;  // "Linux" or "Windows"
    std::string exact_version;
    int disk_gb;
    std::string_view generation;  // Hyper-V's: "V1", "V2"
    bool trusted_launch;          // supports it
    std::string_view os_name;     // as the guest agent would report it
    std::string os_version;
};

// What the marketplace has under the reference; any offer of the publishers azid knows. Empty when the
// publisher is none of them.
std::optional<Image> find_image(const ImageReference& reference);

}  // namespace azid::compute
