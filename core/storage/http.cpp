#include "core/storage/http.hpp"

#include "core/arm/resources.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/crypto/digest.hpp"
#include "core/entra/bearer.hpp"
#include "core/storage/authentication.hpp"
#include "core/storage/blobs.hpp"
#include "core/storage/conditions.hpp"
#include "core/storage/faults.hpp"
#include "core/storage/xml.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace azid::storage {

namespace {

// A request on its way through the face.
struct Visit {
    Session& session;
    const http::Request& request;
    arm::Resource account;
    std::string container;
    std::string blob;
};

[[noreturn]] void not_implemented(const std::string& what) {
    throw Error(fault::blob_not_implemented, fmt::format("azid's blob service has no {}.", what));
}

std::string query_text(const Visit& visit, std::string_view name) {
    return http::query_value(visit.request, name).value_or("");
}

// x-ms-meta-* headers as a JSON object; empty for none.
std::string metadata_of(const Visit& visit) {
    constexpr std::string_view prefix = "x-ms-meta-";
    Json metadata = Json::object();
    for (const auto& [name, value] : visit.request.headers)
        if (istarts_with(name, prefix)) metadata[name.substr(prefix.size())] = value;
    return metadata.empty() ? std::string() : compact(metadata);
}

void add_metadata(http::Response& response, const std::string& metadata) {
    if (metadata.empty()) return;
    const Json pairs = Json::parse(metadata);
    for (const auto& [name, value] : pairs.items())
        response.headers["x-ms-meta-" + name] = value.get<std::string>();
}

// What a client says of a blob's content beyond its type: where it sends it, as what it is kept, where it is
// sent back.
struct SettingHeader {
    const char* sent;
    const char* member;
    const char* answered;
};
constexpr SettingHeader setting_headers[] = {
    {"x-ms-blob-cache-control", "cacheControl", "Cache-Control"},
    {"x-ms-blob-content-disposition", "contentDisposition", "Content-Disposition"},
    {"x-ms-blob-content-encoding", "contentEncoding", "Content-Encoding"},
    {"x-ms-blob-content-language", "contentLanguage", "Content-Language"},
};

std::string settings_of(const Visit& visit) {
    Json settings = Json::object();
    for (const SettingHeader& header : setting_headers)
        if (const std::string value = http::header(visit.request, header.sent); !value.empty())
            settings[header.member] = value;
    return settings.empty() ? std::string() : compact(settings);
}

void add_settings(http::Response& response, const std::string& settings) {
    if (settings.empty()) return;
    const Json kept = Json::parse(settings);
    for (const SettingHeader& header : setting_headers)
        if (kept.contains(header.member))
            response.headers[header.answered] = kept[header.member].get<std::string>();
}

http::Response tagged(int status, const std::string& etag, Instant changed) {
    http::Response response;
    response.status = status;
    response.headers["ETag"] = '"' + etag + '"';
    response.headers["Last-Modified"] = http_date(changed);
    return response;
}

http::Response xml_response(std::string body) {
    http::Response response;
    response.headers["Content-Type"] = "application/xml";
    response.body = std::move(body);
    return response;
}

constexpr int most_results = 5000;

Listing listing_of(const Visit& visit) {
    Listing listing;
    listing.prefix = query_text(visit, "prefix");
    listing.delimiter = query_text(visit, "delimiter");
    listing.marker = query_text(visit, "marker");
    listing.with_metadata = query_text(visit, "include").find("metadata") != std::string::npos;
    const std::string most = query_text(visit, "maxresults");
    if (most.empty()) return listing;
    const std::from_chars_result read =
        std::from_chars(most.data(), most.data() + most.size(), listing.max_results);
    if (read.ptr != most.data() + most.size() || listing.max_results < 1)
        throw Error(fault::out_of_range_query,
                    "One of the query parameters specified in the request URI is outside the permissible "
                    "range.");
    return listing;
}

// Whether the page is full; then the name is where the next one begins.
bool ends_page(Listing& listing, std::size_t listed, const std::string& name) {
    const int most = listing.max_results > 0 ? std::min(listing.max_results, most_results) : most_results;
    if (listed < static_cast<std::size_t>(most)) return false;
    listing.next_marker = name;
    return true;
}

http::Response list_containers_page(const Visit& visit) {
    Listing listing = listing_of(visit);
    std::vector<Container> shown;
    for (const Container& container : list_containers(visit.session, visit.account)) {
        if (!container.name.starts_with(listing.prefix) || container.name < listing.marker) continue;
        if (ends_page(listing, shown.size(), container.name)) break;
        shown.push_back(container);
    }
    return xml_response(containers_xml(visit.account.id.name(), listing, shown));
}

http::Response list_blobs_page(const Visit& visit) {
    Listing listing = listing_of(visit);
    std::vector<Blob> shown;
    std::vector<std::string> folders;
    for (const Blob& blob : list_blobs(visit.session, visit.account, visit.container)) {
        if (!blob.name.starts_with(listing.prefix) || blob.name < listing.marker) continue;
        const std::size_t cut = listing.delimiter.empty()
                                    ? std::string::npos
                                    : blob.name.find(listing.delimiter, listing.prefix.size());
        const bool in_folder = cut != std::string::npos;
        const std::string folder = in_folder ? blob.name.substr(0, cut + listing.delimiter.size()) : "";
        if (in_folder && !folders.empty() && folders.back() == folder) continue;
        if (ends_page(listing, shown.size() + folders.size(), blob.name)) break;
        if (in_folder)
            folders.push_back(folder);
        else
            shown.push_back(blob);
    }
    return xml_response(blobs_xml(visit.account.id.name(), visit.container, listing, shown, folders));
}

http::Response answer_container(const Visit& visit) {
    const std::string& method = visit.request.method;
    const std::string comp = lower(query_text(visit, "comp"));
    if (method == "GET" && comp == "list") return list_blobs_page(visit);
    if (!comp.empty()) not_implemented(fmt::format("{} of a container with comp={}", method, comp));
    if (method == "PUT") {
        if (!http::header(visit.request, "x-ms-blob-public-access").empty())
            not_implemented("containers that are open to everybody");
        const Container made =
            create_container(visit.session, visit.account, visit.container, metadata_of(visit));
        return tagged(201, made.etag, made.changed);
    }
    if (method == "DELETE") {
        delete_container(visit.session, visit.account, visit.container, {});
        http::Response response;
        response.status = 202;
        return response;
    }
    if (method != "GET" && method != "HEAD") not_implemented(method + " of a container");
    const Container container = get_container(visit.session, visit.account, visit.container);
    http::Response response = tagged(200, container.etag, container.changed);
    response.headers["x-ms-lease-status"] = "unlocked";
    response.headers["x-ms-lease-state"] = "available";
    response.headers["x-ms-has-immutability-policy"] = "false";
    response.headers["x-ms-has-legal-hold"] = "false";
    add_metadata(response, container.metadata);
    return response;
}

Error header_error(const Fault& fault, std::string_view message, const char* header) {
    Error error(fault, std::string(message));
    error.with_details({{"HeaderName", header, ""}});
    return error;
}

http::Response put(const Visit& visit) {
    const std::string type = http::header(visit.request, "x-ms-blob-type");
    if (type.empty())
        throw header_error(fault::missing_required_header,
                           "An HTTP header that's mandatory for this request is not specified.",
                           "x-ms-blob-type");
    if (type != "BlockBlob") not_implemented(type + ", only BlockBlob");
    for (const char* header : {"x-ms-copy-source", "x-ms-lease-id"})
        if (!http::header(visit.request, header).empty()) not_implemented(fmt::format("{} header", header));
    const std::string md5 = base64(crypto::md5(visit.request.body));
    const std::string sent_md5 = http::header(visit.request, "Content-MD5");
    if (!sent_md5.empty() && sent_md5 != md5)
        throw Error(fault::md5_mismatch,
                    "The MD5 value specified in the request did not match with the MD5 value calculated by "
                    "the server.");
    std::string content_type = http::header(visit.request, "x-ms-blob-content-type");
    if (content_type.empty()) content_type = http::header(visit.request, "Content-Type");
    if (content_type.empty()) content_type = "application/octet-stream";
    Blob blob;
    blob.container = visit.container;
    blob.name = visit.blob;
    blob.content = visit.request.body;
    blob.content_type = content_type;
    blob.metadata = metadata_of(visit);
    blob.settings = settings_of(visit);
    blob.tier = http::header(visit.request, "x-ms-access-tier");
    const Blob stored = put_blob(visit.session, visit.account, blob, precondition_of(visit.request));
    http::Response response = tagged(201, stored.etag, stored.changed);
    response.headers["Content-MD5"] = md5;
    response.headers["x-ms-request-server-encrypted"] = "true";
    return response;
}

struct Range {
    std::size_t first = 0;
    std::size_t last = 0;  // included
};

// "bytes=a-b", "bytes=a-". Empty when the request asks for the whole, or for what is no such range.
std::optional<Range> range_of(const Visit& visit, std::size_t size) {
    std::string text = http::header(visit.request, "x-ms-range");
    if (text.empty()) text = http::header(visit.request, "Range");
    const std::size_t dash = text.find('-');
    if (!text.starts_with("bytes=") || dash == std::string::npos) return {};
    Range range{0, size - 1};
    const char* const end = text.data() + text.size();
    const std::from_chars_result first = std::from_chars(text.data() + 6, text.data() + dash, range.first);
    if (first.ec != std::errc() || first.ptr != text.data() + dash) return {};
    if (dash + 1 < text.size()) {
        const std::from_chars_result last = std::from_chars(text.data() + dash + 1, end, range.last);
        if (last.ec != std::errc() || last.ptr != end || range.last < range.first) return {};
    }
    if (range.first >= size)
        throw Error(fault::invalid_range,
                    "The range specified is invalid for the current size of the resource.");
    range.last = std::min(range.last, size - 1);
    return range;
}

http::Response get(const Visit& visit) {
    const Blob blob =
        get_blob(visit.session, visit.account, visit.container, visit.blob, precondition_of(visit.request));
    http::Response response = tagged(200, blob.etag, blob.changed);
    response.headers["Content-Type"] = blob.content_type;
    response.headers["Accept-Ranges"] = "bytes";
    response.headers["x-ms-blob-type"] = "BlockBlob";
    response.headers["x-ms-creation-time"] = http_date(blob.created);
    response.headers["x-ms-lease-status"] = "unlocked";
    response.headers["x-ms-lease-state"] = "available";
    response.headers["x-ms-server-encrypted"] = "true";
    add_metadata(response, blob.metadata);
    add_settings(response, blob.settings);
    const std::string md5 = content_md5(blob);
    const std::optional<Range> range = range_of(visit, blob.content.size());
    if (range && visit.request.method == "GET") {
        response.status = 206;
        response.body = blob.content.substr(range->first, range->last - range->first + 1);
        response.headers["Content-Range"] =
            fmt::format("bytes {}-{}/{}", range->first, range->last, blob.content.size());
        response.headers["x-ms-blob-content-md5"] = md5;
    } else {
        response.body = blob.content;
        response.headers["Content-MD5"] = md5;
    }
    response.headers["Content-Length"] = std::to_string(response.body.size());
    return response;
}

http::Response answer_blob(const Visit& visit) {
    const std::string& method = visit.request.method;
    const std::string comp = query_text(visit, "comp");
    if (!comp.empty()) not_implemented(fmt::format("{} of a blob with comp={}", method, comp));
    for (const char* version : {"snapshot", "versionid"})
        if (http::query_value(visit.request, version)) not_implemented(fmt::format("{} of a blob", version));
    if (method == "PUT") return put(visit);
    if (method == "GET" || method == "HEAD") return get(visit);
    if (method != "DELETE") not_implemented(method + " of a blob");
    delete_blob(visit.session, visit.account, visit.container, visit.blob, precondition_of(visit.request));
    http::Response response;
    response.status = 202;
    response.headers["x-ms-delete-type-permanent"] = "true";
    return response;
}

http::Response route(Visit& visit) {
    const std::string path = visit.request.path.substr(1);
    const std::size_t slash = path.find('/');
    const std::string restype = lower(query_text(visit, "restype"));
    if (path.empty()) {
        if (visit.request.method == "GET" && restype.empty() && iequals(query_text(visit, "comp"), "list"))
            return list_containers_page(visit);
        not_implemented(visit.request.method + " of the account");
    }
    const bool whole_container = restype == "container";
    // A blob without a container is in the root container.
    visit.container = slash != std::string::npos || whole_container ? path.substr(0, slash) : "$root";
    visit.blob = slash != std::string::npos ? path.substr(slash + 1) : path;
    return whole_container ? answer_container(visit) : answer_blob(visit);
}

http::Response error_response(const Error& error, const http::Request& request, const std::string& request_id,
                              Instant now) {
    http::Response response;
    response.status = error.fault().http_status;
    response.headers["x-ms-error-code"] = error.fault().code;
    if (request.method == "HEAD" || response.status == 304) return response;
    response.headers["Content-Type"] = "application/xml";
    response.body = error_xml(error, request_id, now);
    return response;
}

void add_common_headers(http::Response& response, const http::Request& request, const std::string& request_id,
                        Instant now) {
    response.headers["Server"] = "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0";
    response.headers["Date"] = http_date(now);
    response.headers["x-ms-request-id"] = request_id;
    for (const char* echoed : {"x-ms-version", "x-ms-client-request-id"})
        if (const std::string value = http::echoed_header(request, echoed); !value.empty())
            response.headers[echoed] = value;
}

}  // namespace

http::Response answer(Session& session, const http::Request& request, bool trusted) {
    const std::string name = request.host.substr(0, request.host.find('.'));
    Visit visit{session, request, require_account(session, name), {}, {}};
    const std::string tenant = arm::tenant_of(session, visit.account.id.subscription());
    // Azure's request ids of Storage end with six zeros.
    const std::string request_id = new_guid(session.random).substr(0, 30) + "000000";
    const entra::FormerCaller former(session);
    http::Response response;
    try {
        authenticate(session, request, visit.account, tenant, trusted);
        response = route(visit);
    } catch (const Error& error) {
        if (error.fault().surface != Surface::storage) throw;
        response = error_response(error, request, request_id, session.now);
        if (response.status == 401) response.headers["WWW-Authenticate"] = challenge(tenant);
    }
    if (request.method == "HEAD") response.body.clear();
    add_common_headers(response, request, request_id, session.now);
    return response;
}

}  // namespace azid::storage
