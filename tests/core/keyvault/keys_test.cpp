#include "core/keyvault/keys.hpp"

#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/keyvault/http.hpp"
#include "core/keyvault/secrets.hpp"
#include "core/keyvault/vaults.hpp"
#include "core/rbac/assignments.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <functional>

using namespace azid;

namespace {

constexpr const char* crypto_officer = "14b46e9e-c2b7-41b4-b07b-48a6ebf60603";

// A vault that goes by roles.
struct Vault : test::World {
    Vault() : vault(subscription, "rg", "Microsoft.KeyVault", {{"vaults", "kv-one"}}) {
        add_group("rg");
        as_admin([&](Session& session) {
            keyvault::put_vault(
                session, vault,
                {{"location", "westeurope"}, {"properties", {{"enableRbacAuthorization", true}}}});
        });
    }

    void give_role(const char* role, const std::string& below = "") {
        as_admin([&](Session& session) {
            const std::string definition = fmt::format(
                "/subscriptions/{}/providers/Microsoft.Authorization/roleDefinitions/{}", subscription, role);
            rbac::put_role_assignment(session, vault.text() + below, new_guid(session.random),
                                      rbac::role_assignment_body(definition, admin.object_id, "User"));
        });
    }
    Json make(const char* name, const Json& body) {
        Json key;
        as_admin([&](Session& session) { key = keyvault::create_key(session, "kv-one", name, body); });
        return key;
    }
    Json use(keyvault::Use how, const char* name, const Json& body) {
        Json answer;
        as_admin(
            [&](Session& session) { answer = keyvault::use_key(session, "kv-one", name, "", how, body); });
        return answer;
    }
    // The innererror of a refusal, else its code; empty when nothing is refused.
    std::string refusal(const std::function<void(Session&)>& act) {
        std::string code;
        try {
            as_admin(act);
        } catch (const Error& error) {
            code = error.inner_code().empty() ? std::string(error.fault().code) : error.inner_code();
        }
        return code;
    }

    arm::ResourceId vault;
};

}  // namespace

TEST_CASE_FIXTURE(Vault, "a role on keys is needed, and opens no secrets") {
    const Json ec{{"kty", "EC"}};
    CHECK(refusal([&](Session& session) { keyvault::create_key(session, "kv-one", "k", ec); }) ==
          "ForbiddenByRbac");
    give_role(crypto_officer);
    const Json key = make("k", ec);
    CHECK(key["key"]["crv"] == "P-256");
    CHECK(key["key"]["key_ops"] == Json::array({"sign", "verify"}));
    CHECK(refusal([&](Session& session) { keyvault::list_secrets(session, "kv-one"); }) == "ForbiddenByRbac");
}

TEST_CASE_FIXTURE(Vault, "a key does what it is for, while it is enabled and valid") {
    give_role(crypto_officer);
    make("k", {{"kty", "EC"}, {"key_ops", {"sign"}}});
    const Json digest{{"alg", "ES256"}, {"value", base64url(std::string(32, 'd'))}};
    const Json signature = use(keyvault::Use::sign, "k", digest);
    const auto sign = [&](Session& session) {
        keyvault::use_key(session, "kv-one", "k", "", keyvault::Use::sign, digest);
    };
    const auto change = [&](const Json& body) {
        as_admin([&](Session& session) { keyvault::update_key(session, "kv-one", "k", "", body); });
    };
    const auto verify = [&](Session& session) {
        keyvault::use_key(session, "kv-one", "k", "", keyvault::Use::verify,
                          {{"alg", "ES256"}, {"digest", digest["value"]}, {"value", signature["value"]}});
    };
    CHECK(refusal(verify) == "KeyOperationForbidden");
    change({{"key_ops", {"sign", "verify"}}});
    CHECK(refusal(verify).empty());
    change({{"attributes", {{"exp", 1}}}});
    CHECK(refusal(sign) == "KeyExpired");
    CHECK(refusal(verify).empty());
    change({{"attributes", {{"enabled", false}}}});
    CHECK(refusal(verify) == "KeyDisabled");
}

TEST_CASE_FIXTURE(Vault, "RSA keys have the sizes that Key Vault has, and HSM keys take a premium vault") {
    give_role(crypto_officer);
    CHECK(refusal([&](Session& session) {
              keyvault::create_key(session, "kv-one", "k", {{"kty", "RSA"}, {"key_size", 1024}});
          }) == "BadParameter");
    CHECK(refusal([&](Session& session) {
              keyvault::create_key(session, "kv-one", "k", {{"kty", "EC-HSM"}});
          }) == "BadParameter");
    CHECK(make("k", {{"kty", "RSA"}})["key"]["e"] == "AQAB");
}

TEST_CASE_FIXTURE(Vault, "the data plane answers for keys as for secrets") {
    give_role(crypto_officer);
    const auto ask = [&](const std::string& method, const std::string& path, const std::string& body) {
        http::Request request = http::request_to("https://kv-one.vault.azure.net" + path);
        request.method = method;
        request.body = body;
        http::Response response;
        as_admin([&](Session& session) { response = keyvault::answer(session, request, true); });
        return response;
    };
    const http::Response made = ask("POST", "/keys/k/create?api-version=7.4", R"({"kty":"EC"})");
    CHECK(made.status == 200);
    CHECK(ask("GET", "/keys/k?api-version=7.4", "").body == made.body);
    const Json page = parse_json(ask("GET", "/keys?api-version=7.4&maxresults=1", "").body);
    CHECK(page["value"].size() == 1);
    CHECK(page["nextLink"].is_null());
    CHECK(ask("GET", "/keys/nope?api-version=7.4", "").status == 404);
    CHECK(ask("DELETE", "/keys/k?api-version=7.4", "").status == 200);
    CHECK(ask("DELETE", "/deletedkeys/k?api-version=7.4", "").status == 204);
}
