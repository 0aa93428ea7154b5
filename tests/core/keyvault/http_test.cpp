#include "core/keyvault/http.hpp"

#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "core/crypto/certificate.hpp"
#include "core/crypto/jws.hpp"
#include "core/entra/signing_key.hpp"
#include "core/entra/token_service.hpp"
#include "core/keyvault/vaults.hpp"
#include "core/rbac/assignments.hpp"
#include "support/keys.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <nlohmann/json.hpp>

using namespace azid;

namespace {

// A vault that goes by roles, and the administrator's token for it.
struct VaultDoor : test::World {
    VaultDoor() : vault(subscription, "rg", "Microsoft.KeyVault", {{"vaults", "Kv-One"}}) {
        add_group("rg");
        as_admin([&](Session& session) {
            keyvault::put_vault(
                session, vault,
                {{"location", "westeurope"}, {"properties", {{"enableRbacAuthorization", true}}}});
            token = entra::issue_token_to_caller(session, "https://vault.azure.net").access_token;
            signing = entra::ensure_signing_key(session, tenant.id);
        });
    }

    http::Response ask(const std::string& method, const std::string& path, const std::string& authorization,
                       const std::string& body = "", bool trusted = false) {
        http::Request request = http::request_to("https://kv-one.vault.azure.net" + path);
        request.method = method;
        request.body = body;
        if (!authorization.empty()) request.headers["Authorization"] = authorization;
        http::Response response;
        as_nobody([&](Session& session) { response = keyvault::answer(session, request, trusted); });
        return response;
    }
    http::Response get(const std::string& bearer) {
        return ask("GET", "/secrets/db?api-version=7.4", "Bearer " + bearer);
    }
    void give_role(const char* role) {
        as_admin([&](Session& session) {
            const std::string definition = fmt::format(
                "/subscriptions/{}/providers/Microsoft.Authorization/roleDefinitions/{}", subscription, role);
            rbac::put_role_assignment(session, vault.text(), new_guid(session.random),
                                      rbac::role_assignment_body(definition, admin.object_id, "User"));
        });
    }
    // The token with a claim changed, signed by the tenant's own key.
    std::string reissued(const char* claim, const Json& value) {
        Json claims = *crypto::decode_jwt(token)->payload;
        claims[claim] = value;
        return crypto::sign_jwt(*crypto::decode_jwt(token)->header, claims,
                                *crypto::PrivateKey::from_pem(signing.private_key));
    }
    std::string with_algorithm(const char* name) {
        const std::string claims = token.substr(token.find('.'), token.rfind('.') - token.find('.'));
        return base64url(compact(Json{{"typ", "JWT"}, {"alg", name}, {"kid", signing.kid}})) + claims;
    }
    void check_challenged(const http::Response& response, const std::string& message) {
        CHECK(response.status == 401);
        CHECK(response.body == compact(Json{{"error", {{"code", "Unauthorized"}, {"message", message}}}}));
        CHECK(response.headers.at("WWW-Authenticate") ==
              fmt::format("Bearer authorization=\"https://login.microsoftonline.com/{}\", "
                          "resource=\"https://vault.azure.net\"",
                          tenant.id));
    }

    arm::ResourceId vault;
    std::string token;
    entra::SigningKey signing;
};

constexpr const char* secrets_user = "4633458b-17de-408a-b874-0445c86b69e6";
constexpr const char* secrets_officer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";

}  // namespace

TEST_CASE_FIXTURE(VaultDoor, "a vault asks for a token where none is brought") {
    const std::string message = "AKV10000: Request is missing a Bearer or PoP token.";
    check_challenged(ask("GET", "/secrets/db?api-version=7.4", ""), message);
    check_challenged(ask("GET", "/secrets/db?api-version=7.4", "Basic YTpi"), message);
    check_challenged(ask("GET", "/secrets/db?api-version=7.4", "Basic YTpi", "", true), message);
}

TEST_CASE_FIXTURE(VaultDoor, "a vault refuses forged tokens") {
    give_role(secrets_user);
    std::string flipped = token;
    flipped[token.rfind('.') + 20] = token[token.rfind('.') + 20] == 'A' ? 'B' : 'A';
    check_challenged(get(flipped), "AKV10001: The token's signature is invalid.");
    check_challenged(get(with_algorithm("none") + "."),
                     "AKV10001: The token's signature algorithm is not supported.");
    const std::string input = with_algorithm("HS256");
    const std::string key = crypto::Certificate::from_der(signing.certificate)->public_key().pem();
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(input.data()), input.size(), mac, &size);
    check_challenged(get(input + "." + base64url({reinterpret_cast<const char*>(mac), size})),
                     "AKV10001: The token's signature algorithm is not supported.");
    check_challenged(get("three.little.words"), "AKV10001: The token is malformed.");
}

TEST_CASE_FIXTURE(VaultDoor, "a vault refuses tokens for others, of others and past their time") {
    give_role(secrets_user);
    check_challenged(get(reissued("aud", "https://management.azure.com/")),
                     "AKV10022: Invalid audience. Expected https://vault.azure.net or "
                     "cfa8b339-82a2-471a-a3c9-0fc0be7a4093, found: https://management.azure.com/.");
    check_challenged(get(reissued("iss", "https://sts.windows.net/other/")),
                     fmt::format("AKV10032: Invalid issuer. Expected one of https://sts.windows.net/{}/, "
                                 "found https://sts.windows.net/other/.",
                                 tenant.id));
    now += std::chrono::hours(2);
    const http::Response response = get(token);
    CHECK(response.status == 401);
    CHECK(response.body.find("AKV10001: The token is expired.") != std::string::npos);
    CHECK(response.headers.count("WWW-Authenticate") == 1);
}

TEST_CASE_FIXTURE(VaultDoor, "the Owner's own token opens no secret until a role on its data is given") {
    const http::Response refused = get(token);
    CHECK(refused.status == 403);
    const Json error = Json::parse(refused.body)["error"];
    CHECK(error["code"] == "Forbidden");
    CHECK(error["innererror"]["code"] == "ForbiddenByRbac");
    CHECK(error["message"] ==
          fmt::format("Caller is not authorized to perform action on resource.\r\nIf role assignments, deny "
                      "assignments or role definitions were changed recently, please observe propagation "
                      "time.\r\nCaller: appid=04b07795-8ddb-461a-bbee-02f9e1bf7b46;oid={0};"
                      "iss=https://sts.windows.net/{1}/\r\n"
                      "Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'\r\n"
                      "Resource: '/subscriptions/{2}/resourcegroups/rg/providers/microsoft.keyvault/vaults/"
                      "kv-one/secrets/db'\r\nAssignment: (not found)\r\nDenyAssignmentId: null\r\n"
                      "DecisionReason: 'DeniedWithNoValidRBAC' \r\nVault: kv-one;location=westeurope\r\n",
                      admin.object_id, tenant.id, subscription));
    give_role(secrets_user);
    CHECK(get(token).status == 404);
    CHECK(ask("PUT", "/secrets/db?api-version=7.4", "Bearer " + token, R"({"value":"s3cret"})").status ==
          403);
    give_role(secrets_officer);
    CHECK(ask("PUT", "/secrets/db?api-version=7.4", "Bearer " + token, R"({"value":"s3cret"})").status ==
          200);
    const http::Response shown = get(token);
    CHECK(shown.status == 200);
    CHECK(shown.headers.at("Content-Type") == "application/json; charset=utf-8");
    CHECK(Json::parse(shown.body)["value"] == "s3cret");
}

TEST_CASE_FIXTURE(VaultDoor, "a disabled secret is not read, a request without api-version not understood") {
    give_role(secrets_officer);
    const std::string bearer = "Bearer " + token;
    CHECK(ask("PUT", "/secrets/db?api-version=7.4", bearer, R"({"value":"x","attributes":{"enabled":false}})")
              .status == 200);
    const http::Response disabled = get(token);
    CHECK(disabled.status == 403);
    CHECK(Json::parse(disabled.body)["error"]["innererror"]["code"] == "SecretDisabled");
    CHECK(ask("GET", "/secrets/db", bearer).status == 400);
    CHECK(ask("GET", "/secrets?api-version=7.4", bearer).status == 200);
}
