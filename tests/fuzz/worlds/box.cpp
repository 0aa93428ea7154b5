#include "fuzz/worlds/box.hpp"

#include "core/account/authority.hpp"
#include "core/base/base64.hpp"
#include "core/base/json.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/digest.hpp"
#include "core/crypto/jws.hpp"
#include "core/crypto/key.hpp"
#include "core/entra/credentials.hpp"
#include "core/entra/model.hpp"
#include "core/keyvault/vaults.hpp"
#include "core/storage/accounts.hpp"
#include "core/web/sites.hpp"
#include "fuzz/worlds/watch.hpp"
#include "support/keys.hpp"
#include "support/wire_world.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace azid::fuzz {

namespace {

constexpr std::string_view application_secret = "a-secret-that-is-known";

void succeed(const test::WireAnswer& answer) {
    if (answer.status >= 300)
        throw std::runtime_error(fmt::format("the box cannot be filled: {} {}", answer.status, answer.text));
}

// Its connection is the last that is opened.
std::unique_ptr<test::WireWorld> new_world() {
    note_connections();
    return std::make_unique<test::WireWorld>();
}

}  // namespace

std::string Dice::bytes(std::size_t count) {
    std::string bytes;
    while (bytes.size() < count) bytes += crypto::sha256("box" + std::to_string(next_++));
    return bytes.substr(0, count);
}

Box& Box::only() {
    static Box box;
    return box;
}

Box::Box() : world_(new_world()), connection_(latest_connection()) {
    values_["sub"] = world_->subscription;
    values_["tenant"] = world_->tenant.id;
    values_["admin-id"] = world_->admin.object_id;
    values_["rg"] = "/subscriptions/" + world_->subscription + "/resourceGroups/rg";
    world_->add_group("rg");
    const entra::ServicePrincipal one = world_->add_identity("rg", "one");
    values_["one"] = one.app_id;
    values_["one-id"] = one.id;
    weak_ = world_->caller_for(one);
    make_machine();
    make_resources();
    make_application();
    const Caller& admin = world_->admin;
    for (const char* const resource : {"https://management.azure.com/", "https://graph.microsoft.com",
                                       "https://vault.azure.net", "https://storage.azure.com/"}) {
        tokens_[std::string("token ") + resource] = token(admin, resource);
        tokens_[std::string("weak ") + resource] = token(weak_, resource);
    }
}

Box::~Box() = default;

void Box::make_machine() {
    const std::string group = "/resourceGroups/rg/providers/";
    const std::string rg = values_["rg"] + "/providers/";
    machine_ = arm::ResourceId(world_->subscription, "rg", "Microsoft.Compute", {{"virtualMachines", "web"}});
    succeed(world_->arm("PUT", group + "Microsoft.Network/virtualNetworks/net",
                        R"({"location":"westeurope","properties":{
        "addressSpace":{"addressPrefixes":["10.0.0.0/16"]},
        "subnets":[{"name":"s","properties":{"addressPrefix":"10.0.1.0/24"}}]}})"));
    succeed(world_->arm(
        "PUT", group + "Microsoft.Network/networkInterfaces/nic",
        R"({"location":"westeurope","properties":{"ipConfigurations":[{"name":"c","properties":{"subnet":{"id":")" +
            rg + R"(Microsoft.Network/virtualNetworks/net/subnets/s"}}}]}})"));
    succeed(world_->arm("PUT", group + "Microsoft.Compute/virtualMachines/web",
                        R"({"location":"westeurope",
        "identity":{"type":"SystemAssigned, UserAssigned","userAssignedIdentities":{")" +
                            rg +
                            R"(Microsoft.ManagedIdentity/userAssignedIdentities/one":{}}},
        "properties":{"hardwareProfile":{"vmSize":"Standard_B2s"},"storageProfile":{"imageReference":{"publisher":"Canonical",
        "offer":"ubuntu-24_04-lts","sku":"server","version":"latest"},"osDisk":{"createOption":"FromImage"}},
        "osProfile":{"computerName":"web","adminUsername":"azureuser","adminPassword":"Passw0rd!Passw0rd"},
        "networkProfile":{"networkInterfaces":[{"id":")" +
                            rg + R"(Microsoft.Network/networkInterfaces/nic"}]}}})"));
}

void Box::make_resources() {
    const std::string& subscription = world_->subscription;
    constexpr const char* vault_administrator = "00482a5a-887f-4fb3-b363-3b7fe8e74483";
    constexpr const char* blob_contributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    site_ = arm::ResourceId(subscription, "rg", "Microsoft.Web", {{"sites", "shop"}});
    world_->as_admin([&](Session& session) {
        account::require_authority(session, session.now);
        keyvault::put_vault(
            session, {subscription, "rg", "Microsoft.KeyVault", {{"vaults", "kv-box"}}},
            {{"location", "westeurope"}, {"properties", {{"enableRbacAuthorization", true}}}});
        storage::put_account(
            session, {subscription, "rg", "Microsoft.Storage", {{"storageAccounts", "boxstore"}}},
            {{"location", "westeurope"}, {"kind", "StorageV2"}, {"sku", {{"name", "Standard_LRS"}}}});
        web::put_site(session, site_,
                      {{"location", "westeurope"},
                       {"kind", "functionapp"},
                       {"identity", {{"type", "SystemAssigned"}}},
                       {"properties", {{"reserved", true}}}});
    });
    for (const char* const role : {vault_administrator, blob_contributor})
        world_->assign(world_->admin.object_id, role, values_["rg"]);
    const std::string vault = token(world_->admin, "https://vault.azure.net");
    const std::string blobs = token(world_->admin, "https://storage.azure.com/");
    succeed(world_->ask("PUT", "https://kv-box.vault.azure.net/secrets/db?api-version=7.4", vault,
                        R"({"value":"s3cret"})"));
    const std::string door = "https://boxstore.blob.core.windows.net/data";
    const http::Headers version{{"x-ms-version", "2024-11-04"}};
    http::Headers block = version;
    block["x-ms-blob-type"] = "BlockBlob";
    succeed(world_->ask("PUT", door + "?restype=container", blobs, {}, version));
    succeed(world_->ask("PUT", door + "/a.txt", blobs, "hello", block));
}

void Box::make_application() {
    const entra::ServicePrincipal principal = world_->add_application("app", std::string(application_secret));
    application_key_ = test::rsa_key_pem(0);
    const crypto::PrivateKey key = *crypto::PrivateKey::from_pem(application_key_);
    const crypto::Certificate certificate =
        crypto::Certificate::self_signed({"app", world_->now - std::chrono::days(1),
                                          world_->now + std::chrono::days(100), std::string(8, 'n')},
                                         key);
    values_["app"] = principal.app_id;
    values_["app-id"] = principal.id;
    values_["x5t"] = certificate.x5t();
    values_["x5t-256"] = certificate.x5t_s256();
    world_->as_admin([&](Session& session) {
        entra::replace_keys(
            session, principal.id,
            Json::array(
                {{{"key", base64(certificate.der())}, {"type", "AsymmetricX509Cert"}, {"usage", "Verify"}}}));
    });
    const std::int64_t at = unix_seconds(world_->now);
    const Json header{{"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", certificate.x5t_s256()}};
    const Json payload{
        {"aud", fmt::format("https://login.microsoftonline.com/{}/oauth2/v2.0/token", world_->tenant.id)},
        {"iss", principal.app_id},
        {"sub", principal.app_id},
        {"jti", "one"},
        {"nbf", at},
        {"exp", at + 600}};
    values_["assertion"] = crypto::sign_jwt(header, payload, key);
}

std::string Box::token(const Caller& caller, const std::string& resource) {
    return world_->token_for(caller, resource);
}

void Box::try_out(const Caller& caller, const std::function<void(Session&)>& work, bool reading) {
    KeyPool keys;
    constexpr int most_keys = 4;
    for (int wanted_keys = 0;; ++wanted_keys) {
        Dice dice;
        const std::unique_ptr<Transaction> transaction = reading ? state().begin_reading() : state().begin();
        Session session = transaction->session(caller, now(), dice, keys);
        try {
            return work(session);
        } catch (const KeyWanted& wanted) {
            if (wanted_keys == most_keys) throw std::runtime_error("one request wants many keys");
            reading = false;
            keys.rewind();
            keys.add(ready_key(), wanted.bits);
        } catch (const IssuerKeysWanted& wanted) {
            if (wanted_keys == most_keys) throw std::runtime_error("one request wants many issuers");
            keys.rewind();
            keys.add(wanted.issuer, IssuerKeys{{}, "there is no network"});
        }
    }
}

std::string Box::filled_in(std::string_view text, const std::string& resource) {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) break;
        text.remove_prefix(open);
        const std::size_t close = text.find('}');
        const std::string marker(close == std::string_view::npos ? std::string_view()
                                                                 : text.substr(1, close - 1));
        const auto value = values_.find(marker);
        const auto token = tokens_.find(marker + " " + resource);
        if (value != values_.end())
            out += value->second;
        else if (token != tokens_.end())
            out += token->second;
        const bool known = value != values_.end() || token != tokens_.end();
        if (!known) out += '{';
        text.remove_prefix(known ? close + 1 : 1);
    }
    return out;
}

const Caller& Box::admin() const { return world_->admin; }
Instant Box::now() const { return world_->now; }
State& Box::state() { return world_->state(); }

const std::string& Box::ready_key() {
    static const std::string& key = test::rsa_key_pem(1);
    return key;
}

Json object_or_nothing(std::string_view text) {
    try {
        Json given = parse_json(text);
        return given.is_object() ? given : Json::object();
    } catch (const Error&) {
        return Json::object();
    }
}

}  // namespace azid::fuzz
