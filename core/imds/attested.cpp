#include "core/imds/attested.hpp"

#include "core/account/authority.hpp"
#include "core/base/base64.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/crypto/signed_document.hpp"
#include "core/imds/instance.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <chrono>

namespace azid::imds {

namespace {

constexpr std::chrono::hours lifetime(6);
constexpr std::size_t longest_nonce = 32;
constexpr const char* signer_name = "metadata.azure.com";

std::tm parts_of(Instant instant) { return fmt::gmtime(static_cast<std::time_t>(unix_seconds(instant))); }

bool is_nonce(const std::string& text) {
    return text.size() <= longest_nonce &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
}

Json content(Session& session, const arm::Resource& vm, const std::string& nonce) {
    const Json instance = instance_document(session, vm);
    const auto of = [&](std::string_view path) { return text_at(*find(instance, "compute"), path); };
    const Json* plan = find(instance, "compute.plan");
    const auto date = [](Instant instant) {
        return fmt::format("{:%m/%d/%y %H:%M:%S} -0000", parts_of(instant));
    };
    return Json{
        {"nonce", nonce.empty() ? fmt::format("{:%Y%m%d-%H%M%S}", parts_of(session.now)) : nonce},
        {"plan", plan == nullptr ? Json::object() : *plan},
        {"sku", of("sku")},
        {"subscriptionId", of("subscriptionId")},
        {"timeStamp", {{"createdOn", date(session.now)}, {"expiresOn", date(session.now + lifetime)}}},
        {"vmId", of("vmId")}};
}

http::Response json_answer(int status, const Json& body) {
    return {status, {{"Content-Type", "application/json; charset=utf-8"}}, compact(body)};
}

}  // namespace

http::Response answer_attested(Session& session, const arm::Resource& vm, const http::Request& request) {
    const std::string nonce = http::query_value(request, "nonce").value_or("");
    if (!is_nonce(nonce))
        return json_answer(400,
                           Json{{"error", "Bad request. The nonce must be at most 32 letters and digits"}});
    const crypto::KeyAndCertificate authority = account::require_authority(session, session.now);
    const crypto::KeyAndCertificate signer = crypto::server_certificate(
        authority, signer_name, {session.now - lifetime, session.now + 4 * lifetime},
        session.random.bytes(16));
    const std::string message = crypto::signed_document(compact(content(session, vm, nonce)), signer);
    return json_answer(200, Json{{"encoding", "pkcs7"}, {"signature", base64(message)}});
}

}  // namespace azid::imds
