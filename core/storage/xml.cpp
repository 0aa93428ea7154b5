#include "core/storage/xml.hpp"

#include "core/base/base64.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/crypto/digest.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::storage {

namespace {

constexpr std::string_view declaration = "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>";

// Characters that XML cannot hold in any form become U+FFFD.
std::string escaped(std::string_view text) {
    constexpr std::string_view blanks = "\t\n\r";
    std::string out;
    for (const char c : text) {
        const bool is_control =
            static_cast<unsigned char>(c) < ' ' && blanks.find(c) == std::string_view::npos;
        out += is_control ? std::string("\xEF\xBF\xBD") : std::string(1, c);
    }
    out = replace_all(std::move(out), "&", "&amp;");
    out = replace_all(std::move(out), "<", "&lt;");
    out = replace_all(std::move(out), ">", "&gt;");
    return replace_all(std::move(out), "\"", "&quot;");
}

std::string element(std::string_view name, std::string_view text) {
    if (text.empty()) return fmt::format("<{} />", name);
    return fmt::format("<{0}>{1}</{0}>", name, escaped(text));
}

std::string metadata_xml(const std::string& metadata) {
    if (metadata.empty()) return "<Metadata />";
    std::string xml = "<Metadata>";
    const Json pairs = Json::parse(metadata);
    for (const auto& [name, value] : pairs.items()) xml += element(name, value.get<std::string>());
    return xml + "</Metadata>";
}

std::string opening(std::string_view account, std::string_view container, const Listing& listing) {
    std::string xml =
        fmt::format("{}<EnumerationResults ServiceEndpoint=\"https://{}.blob.core.windows.net/\"",
                    declaration, lower(account));
    if (!container.empty()) xml += fmt::format(" ContainerName=\"{}\"", escaped(container));
    xml += ">";
    if (!listing.prefix.empty()) xml += element("Prefix", listing.prefix);
    if (!listing.marker.empty()) xml += element("Marker", listing.marker);
    if (listing.max_results > 0) xml += element("MaxResults", std::to_string(listing.max_results));
    if (!listing.delimiter.empty()) xml += element("Delimiter", listing.delimiter);
    return xml;
}

std::string blob_xml(const Blob& blob, bool with_metadata) {
    std::string xml = "<Blob>" + element("Name", blob.name) + "<Properties>";
    xml += element("Creation-Time", http_date(blob.created));
    xml += element("Last-Modified", http_date(blob.changed));
    xml += element("Etag", blob.etag);
    xml += element("Content-Length", std::to_string(blob.content.size()));
    xml += element("Content-Type", blob.content_type);
    const Json settings = blob.settings.empty() ? Json::object() : Json::parse(blob.settings);
    xml += element("Content-Encoding", text_at(settings, "contentEncoding"));
    xml += element("Content-Language", text_at(settings, "contentLanguage"));
    xml += element("Content-MD5", base64(crypto::md5(blob.content)));
    xml += element("Cache-Control", text_at(settings, "cacheControl"));
    xml += element("Content-Disposition", text_at(settings, "contentDisposition"));
    xml += "<BlobType>BlockBlob</BlobType>" + element("AccessTier", blob.tier.empty() ? "Hot" : blob.tier);
    if (blob.tier.empty()) xml += "<AccessTierInferred>true</AccessTierInferred>";
    xml +=
        "<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>"
        "<ServerEncrypted>true</ServerEncrypted></Properties>";
    if (with_metadata) xml += metadata_xml(blob.metadata);
    return xml + "</Blob>";
}

}  // namespace

std::string error_xml(const Error& error, std::string_view request_id, Instant now) {
    std::string xml =
        fmt::format("{}<Error><Code>{}</Code><Message>{}\nRequestId:{}\nTime:{}</Message>", declaration,
                    error.fault().code, escaped(error.message()), request_id, utc_ticks(now));
    for (const ErrorDetail& detail : error.details()) xml += element(detail.code, detail.message);
    return xml + "</Error>";
}

std::string containers_xml(std::string_view account, const Listing& listing,
                           const std::vector<Container>& containers) {
    std::string xml = opening(account, "", listing) + "<Containers>";
    for (const Container& container : containers) {
        xml += "<Container>" + element("Name", container.name) + "<Properties>";
        xml += element("Last-Modified", http_date(container.changed));
        // Quoted here and bare at blobs; &quot; and " are the same to a reader.
        xml += fmt::format("<Etag>\"{}\"</Etag>", container.etag);
        xml += "<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState></Properties>";
        if (listing.with_metadata) xml += metadata_xml(container.metadata);
        xml += "</Container>";
    }
    return xml + "</Containers>" + element("NextMarker", listing.next_marker) + "</EnumerationResults>";
}

std::string blobs_xml(std::string_view account, std::string_view container, const Listing& listing,
                      const std::vector<Blob>& blobs, const std::vector<std::string>& prefixes) {
    std::string xml = opening(account, container, listing) + "<Blobs>";
    for (const Blob& blob : blobs) xml += blob_xml(blob, listing.with_metadata);
    for (const std::string& prefix : prefixes)
        xml += "<BlobPrefix>" + element("Name", prefix) + "</BlobPrefix>";
    return xml + "</Blobs>" + element("NextMarker", listing.next_marker) + "</EnumerationResults>";
}

}  // namespace azid::storage
