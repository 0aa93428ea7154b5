#include "cli/server/issuer_keys.hpp"

#include "cli/server/http_client.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::server {

namespace {

constexpr std::chrono::hours kept{1};
constexpr std::chrono::seconds asked_again{3};
constexpr std::size_t most_issuers = 1000;

// "the configuration at URL ..." : what is wrong with a document.
Error unfit(const char* what, const std::string& url, const std::string& why) {
    return {fault::client, fmt::format("{} at '{}' {}", what, url, why)};
}

Json fetch_json(const char* what, const std::string& url) {
    Json document = Json::parse(fetch(url), nullptr, false);
    if (!document.is_object()) throw unfit(what, url, "is no JSON object");
    return document;
}

// Discovery, section 4.3: the document must name the very issuer that it was asked for.
std::string key_set_url(const std::string& issuer) {
    const bool slash = issuer.ends_with('/');
    const std::string url = issuer + (slash ? "" : "/") + ".well-known/openid-configuration";
    constexpr const char* what = "the configuration";
    const Json document = fetch_json(what, url);
    if (text_at(document, "issuer") != issuer) throw unfit(what, url, "is another issuer's");
    const std::string keys = text_at(document, "jwks_uri");
    if (keys.empty()) throw unfit(what, url, "names no \"jwks_uri\"");
    return keys;
}

bool holds(const IssuerKeys& known, const std::string& kid) {
    const Json document = parse_json(known.keys);
    const auto keys = document.find("keys");
    if (kid.empty() || keys == document.end() || !keys->is_array()) return true;
    return std::any_of(keys->begin(), keys->end(), [&](const Json& key) {
        return key.is_object() && (!key.contains("kid") || text_at(key, "kid") == kid);
    });
}

}  // namespace

IssuerKeys fetch_issuer_keys(const std::string& issuer) {
    try {
        const std::string url = key_set_url(issuer);
        const Json document = fetch_json("the key set", url);
        if (!document.contains("keys")) throw unfit("the key set", url, "holds no \"keys\"");
        return {compact(document), {}};
    } catch (const Error& error) {
        std::string reason = error.message();
        while (reason.ends_with('.')) reason.pop_back();
        return {{}, reason};
    }
}

std::shared_ptr<PublishedKeys::Known> PublishedKeys::place_of(const std::string& issuer) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (known_.size() >= most_issuers) known_.clear();
    std::shared_ptr<Known>& place = known_[issuer];
    if (place == nullptr) place = std::make_shared<Known>();
    return place;
}

IssuerKeys PublishedKeys::of(const std::string& issuer, const std::string& kid) {
    const std::shared_ptr<Known> known = place_of(issuer);
    const std::lock_guard<std::mutex> lock(known->mutex);
    if (known->fetched) {
        const auto age = now_() - *known->fetched;
        const bool fits = !known->keys.keys.empty() && holds(known->keys, kid);
        if (age < asked_again || (fits && age < kept)) return known->keys;
    }
    known->keys = fetch_(issuer);
    known->fetched = now_();
    return known->keys;
}

}  // namespace azid::server
