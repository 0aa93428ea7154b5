#include "core/storage/http.hpp"

#include "core/base/base64.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/crypto/digest.hpp"
#include "core/crypto/jws.hpp"
#include "core/crypto/key.hpp"
#include "core/entra/signing_key.hpp"
#include "core/entra/token_service.hpp"
#include "core/rbac/assignments.hpp"
#include "core/storage/account_keys.hpp"
#include "core/storage/accounts.hpp"
#include "support/world.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace azid;

namespace {

constexpr const char* data_reader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
constexpr const char* data_contributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

// An account, and the administrator's token for Storage.
struct BlobDoor : test::World {
    BlobDoor() : account(subscription, "rg", "Microsoft.Storage", {{"storageAccounts", "stor1acct"}}) {
        add_group("rg");
        as_admin([&](Session& session) {
            storage::put_account(
                session, account,
                {{"location", "westeurope"}, {"kind", "StorageV2"}, {"sku", {{"name", "Standard_LRS"}}}});
            token = entra::issue_token_to_caller(session, "https://storage.azure.com/").access_token;
            signing = entra::ensure_signing_key(session, tenant.id);
        });
    }

    http::Response send(const std::string& method, const std::string& path, http::Headers headers,
                        const std::string& body = "") {
        http::Request request = http::request_to("https://stor1acct.blob.core.windows.net" + path);
        request.method = method;
        request.headers = std::move(headers);
        request.body = body;
        http::Response response;
        as_nobody([&](Session& session) { response = storage::answer(session, request, false); });
        return response;
    }
    http::Response ask(const std::string& method, const std::string& path, http::Headers more = {},
                       const std::string& body = "") {
        more["Authorization"] = "Bearer " + token;
        more["x-ms-version"] = "2024-11-04";
        return send(method, path, more, body);
    }
    http::Response put_text(const std::string& path, const std::string& text) {
        return ask("PUT", path, {{"x-ms-blob-type", "BlockBlob"}, {"Content-Type", "text/plain"}}, text);
    }
    void give_role(const char* role, const std::string& below = "") {
        as_admin([&](Session& session) {
            const std::string definition = fmt::format(
                "/subscriptions/{}/providers/Microsoft.Authorization/roleDefinitions/{}", subscription, role);
            rbac::put_role_assignment(session, account.text() + below, new_guid(session.random),
                                      rbac::role_assignment_body(definition, admin.object_id, "User"));
        });
    }
    std::string reissued(const char* claim, const Json& value) {
        Json claims = *crypto::decode_jwt(token)->payload;
        claims[claim] = value;
        return crypto::sign_jwt(*crypto::decode_jwt(token)->header, claims,
                                *crypto::PrivateKey::from_pem(signing.private_key));
    }
    // What Azure would say, with the request's own id.
    std::string error_body(const http::Response& response, const std::string& code,
                           const std::string& message, const std::string& more = "") {
        return fmt::format(
            "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{}</Code><Message>{}\n"
            "RequestId:{}\nTime:{}</Message>{}</Error>",
            code, message, response.headers.at("x-ms-request-id"), utc_ticks(now), more);
    }
    void check_error(const http::Response& response, int status, const std::string& code) {
        CHECK(response.status == status);
        CHECK(response.headers.at("x-ms-error-code") == code);
    }

    arm::ResourceId account;
    std::string token;
    entra::SigningKey signing;
};

bool has(const http::Response& response, const std::string& text) {
    return response.body.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE_FIXTURE(BlobDoor,
                  "who brings no token is challenged, by an old version told that nothing is there") {
    const http::Response asked = send("GET", "/demo/a.txt", {{"x-ms-version", "2024-11-04"}});
    check_error(asked, 401, "NoAuthenticationInformation");
    CHECK(asked.headers.at("WWW-Authenticate") ==
          fmt::format("Bearer authorization_uri=https://login.microsoftonline.com/{}/oauth2/authorize "
                      "resource_id=https://storage.azure.com",
                      tenant.id));
    check_error(send("GET", "/demo/a.txt", {}), 409, "PublicAccessNotPermitted");
    as_admin([&](Session& session) {
        storage::patch_account(session, account, {{"properties", {{"allowBlobPublicAccess", true}}}});
    });
    check_error(send("GET", "/demo/a.txt", {}), 404, "ResourceNotFound");
}

TEST_CASE_FIXTURE(BlobDoor, "a token that is not for this account, or has no version beside it, is refused") {
    give_role(data_reader);
    const auto with = [&](const std::string& bearer, const std::string& version) {
        return send("GET", "/demo/a.txt", {{"Authorization", "Bearer " + bearer}, {"x-ms-version", version}});
    };
    const http::Response aud = with(reissued("aud", "https://vault.azure.net"), "2024-11-04");
    CHECK(aud.status == 401);
    CHECK(aud.headers.count("WWW-Authenticate") == 1);
    CHECK(aud.body == error_body(aud, "InvalidAuthenticationInfo",
                                 "Server failed to authenticate the request. Please refer to the information "
                                 "in the www-authenticate header.",
                                 "<AuthenticationErrorDetail>Audience validation failed. Audience did not "
                                 "match.</AuthenticationErrorDetail>"));
    CHECK(has(with(reissued("iss", "https://sts.windows.net/x/"), "2024-11-04"), "Issuer validation failed"));
    std::string flipped = token;
    flipped[token.rfind('.') + 20] = token[token.rfind('.') + 20] == 'A' ? 'B' : 'A';
    CHECK(has(with(flipped, "2024-11-04"), "Signature validation failed"));
    check_error(with(token, ""), 403, "AuthenticationFailed");
    CHECK(has(with(token, "2017-07-29"), "Authentication scheme Bearer is not supported in this version."));
    check_error(with(token, "2017-11-09"), 404, "ContainerNotFound");
    check_error(with(reissued("aud", "https://stor1acct.blob.core.windows.net"), "2024-11-04"), 404,
                "ContainerNotFound");
    check_error(with(reissued("aud", "https://stor2acct.blob.core.windows.net"), "2024-11-04"), 401,
                "InvalidAuthenticationInfo");
    now += std::chrono::hours(2);
    CHECK(has(with(token, "2024-11-04"), "Lifetime validation failed. The token is expired."));
}

TEST_CASE_FIXTURE(BlobDoor, "account keys and SAS are refused, not taken for anything") {
    check_error(send("GET", "/demo/a", {{"Authorization", "SharedKey stor1acct:abc"}}), 403,
                "AuthenticationFailed");
    check_error(send("GET", "/demo/a?sv=2024-11-04&sig=abc", {}), 403, "AuthenticationFailed");
}

TEST_CASE_FIXTURE(BlobDoor, "an Owner makes containers and reads no blob until a data role is given") {
    const http::Response made = ask("PUT", "/demo?restype=container");
    CHECK(made.status == 201);
    CHECK(made.headers.at("ETag").starts_with("\"0x8D"));
    check_error(ask("PUT", "/demo?restype=container"), 409, "ContainerAlreadyExists");
    const http::Response refused = ask("GET", "/demo/a.txt");
    CHECK(refused.status == 403);
    CHECK(refused.body ==
          error_body(refused, "AuthorizationPermissionMismatch",
                     "This request is not authorized to perform this operation using this permission."));
    CHECK(refused.body.size() == 279);
    check_error(put_text("/demo/a.txt", "text"), 403, "AuthorizationPermissionMismatch");
    check_error(ask("GET", "/demo?restype=container&comp=list"), 403, "AuthorizationPermissionMismatch");
    give_role(data_reader, "/blobServices/default/containers/demo");
    check_error(ask("GET", "/demo/a.txt"), 404, "BlobNotFound");
    check_error(ask("GET", "/other/a.txt"), 403, "AuthorizationPermissionMismatch");
    check_error(put_text("/demo/a.txt", "text"), 403, "AuthorizationPermissionMismatch");
    give_role(data_contributor);
    CHECK(put_text("/demo/a.txt", "text").status == 201);
    CHECK(ask("GET", "/demo/a.txt").body == "text");
}

TEST_CASE_FIXTURE(BlobDoor, "a blob is put, read whole and in part, and deleted") {
    give_role(data_contributor);
    CHECK(ask("PUT", "/demo?restype=container").status == 201);
    const http::Response no_type = ask("PUT", "/demo/dir/a.txt", {}, "data");
    check_error(no_type, 400, "MissingRequiredHeader");
    CHECK(has(no_type, "<HeaderName>x-ms-blob-type</HeaderName>"));
    const http::Response put = ask(
        "PUT", "/demo/dir/a.txt",
        {{"x-ms-blob-type", "BlockBlob"}, {"Content-Type", "text/plain"}, {"x-ms-meta-who", "me"}}, "data");
    CHECK(put.status == 201);
    CHECK(put.headers.at("Content-MD5") == "jXd/OF09/siBXSD3SWAm3A==");
    const http::Response got = ask("GET", "/demo/dir/a.txt", {{"x-ms-client-request-id", "abc"}});
    CHECK(got.status == 200);
    CHECK(got.body == "data");
    CHECK(got.headers.at("Content-Type") == "text/plain");
    CHECK(got.headers.at("ETag") == put.headers.at("ETag"));
    CHECK(got.headers.at("x-ms-meta-who") == "me");
    CHECK(got.headers.at("x-ms-client-request-id") == "abc");
    CHECK(got.headers.at("x-ms-version") == "2024-11-04");
    const http::Response part = ask("GET", "/demo/dir/a.txt", {{"Range", "bytes=1-2"}});
    CHECK(part.status == 206);
    CHECK(part.body == "at");
    CHECK(part.headers.at("Content-Range") == "bytes 1-2/4");
    check_error(ask("GET", "/demo/dir/a.txt", {{"Range", "bytes=4-"}}), 416, "InvalidRange");
    const http::Response head = ask("HEAD", "/demo/dir/a.txt");
    CHECK(head.body.empty());
    CHECK(head.headers.at("Content-Length") == "4");
    const http::Response missing = ask("HEAD", "/demo/nope");
    check_error(missing, 404, "BlobNotFound");
    CHECK(missing.body.empty());
    CHECK(ask("DELETE", "/demo/dir/a.txt").status == 202);
    check_error(ask("DELETE", "/demo/dir/a.txt"), 404, "BlobNotFound");
}

TEST_CASE_FIXTURE(BlobDoor, "conditions on etags hold requests back") {
    give_role(data_contributor);
    ask("PUT", "/demo?restype=container");
    const std::string etag = put_text("/demo/a", "one").headers.at("ETag");
    const auto put_if = [&](const char* header, const std::string& value) {
        return ask("PUT", "/demo/a", {{"x-ms-blob-type", "BlockBlob"}, {header, value}}, "two");
    };
    check_error(put_if("If-None-Match", "*"), 409, "BlobAlreadyExists");
    check_error(put_if("If-Match", "\"0x8D0\""), 412, "ConditionNotMet");
    CHECK(ask("GET", "/demo/a", {{"If-None-Match", etag}}).status == 304);
    CHECK(put_if("If-Match", etag).status == 201);
    CHECK(ask("GET", "/demo/a", {{"If-None-Match", etag}}).body == "two");
}

TEST_CASE_FIXTURE(BlobDoor, "lists are XML, by prefix, by folder and by page") {
    give_role(data_contributor);
    ask("PUT", "/demo?restype=container");
    for (const char* path : {"/demo/a.txt", "/demo/b/1", "/demo/b/2", "/demo/c"}) put_text(path, "data");
    const http::Response all = ask("GET", "/demo?restype=container&comp=list");
    CHECK(all.status == 200);
    CHECK(all.headers.at("Content-Type") == "application/xml");
    CHECK(has(all,
              "<EnumerationResults ServiceEndpoint=\"https://stor1acct.blob.core.windows.net/\" "
              "ContainerName=\"demo\"><Blobs><Blob><Name>a.txt</Name><Properties><Creation-Time>"));
    CHECK(has(all, "<Content-Length>4</Content-Length><Content-Type>text/plain</Content-Type>"));
    CHECK(all.body.ends_with("</Blobs><NextMarker /></EnumerationResults>"));
    const http::Response folders = ask("GET", "/demo?restype=container&comp=list&delimiter=/");
    CHECK(has(folders, "<BlobPrefix><Name>b/</Name></BlobPrefix>"));
    CHECK_FALSE(has(folders, "<Name>b/1</Name>"));
    const http::Response page = ask("GET", "/demo?restype=container&comp=list&prefix=b/&maxresults=1");
    CHECK(has(page, "<Name>b/1</Name>"));
    CHECK(has(page, "<NextMarker>b/2</NextMarker>"));
    const http::Response next = ask("GET", "/demo?restype=container&comp=list&prefix=b/&marker=b/2");
    CHECK_FALSE(has(next, "<Name>b/1</Name>"));
    CHECK(has(next, "<Name>b/2</Name>"));
    const http::Response containers = ask("GET", "/?comp=list");
    CHECK(has(containers, "<Containers><Container><Name>demo</Name><Properties><Last-Modified>"));
    check_error(ask("GET", "/demo?restype=container&comp=list&maxresults=x"), 400,
                "OutOfRangeQueryParameterValue");
}

TEST_CASE_FIXTURE(BlobDoor, "containers have strict names and take their blobs with them") {
    give_role(data_contributor);
    check_error(ask("PUT", "/Demo?restype=container"), 400, "InvalidResourceName");
    check_error(ask("PUT", "/a--b?restype=container"), 400, "InvalidResourceName");
    check_error(ask("PUT", "/ab?restype=container"), 400, "OutOfRangeInput");
    check_error(ask("GET", "/nope?restype=container"), 404, "ContainerNotFound");
    ask("PUT", "/demo?restype=container");
    put_text("/demo/a", "x");
    CHECK(ask("GET", "/demo?restype=container").status == 200);
    CHECK(ask("DELETE", "/demo?restype=container").status == 202);
    check_error(ask("GET", "/demo/a"), 404, "ContainerNotFound");
    check_error(ask("PUT", "/demo/a?comp=block"), 501, "NotImplemented");
}

TEST_CASE_FIXTURE(BlobDoor, "a request signed with the account's key needs no role") {
    std::string key;
    as_admin([&](Session& session) {
        key = storage::list_keys(session, account, Json::object())["keys"][0]["value"].get<std::string>();
    });
    const auto signed_with = [&](const std::string& secret) {
        const std::string text =
            "PUT\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Thu, 02 Jan 2025 03:04:05 GMT\nx-ms-version:2024-11-04\n"
            "/stor1acct/data\nrestype:container";
        const std::string signature = base64(crypto::hmac_sha256(*from_base64(secret), text));
        return send("PUT", "/data?restype=container",
                    {{"x-ms-date", "Thu, 02 Jan 2025 03:04:05 GMT"},
                     {"x-ms-version", "2024-11-04"},
                     {"Authorization", "SharedKey stor1acct:" + signature}});
    };
    CHECK(signed_with(base64("another key")).status == 403);
    CHECK(signed_with(key).status == 201);
    as_admin([&](Session& session) {
        storage::patch_account(session, account, {{"properties", {{"allowSharedKeyAccess", false}}}});
    });
    const http::Response refused = signed_with(key);
    CHECK(refused.headers.at("x-ms-error-code") == "KeyBasedAuthenticationNotPermitted");
}
