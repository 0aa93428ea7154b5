// What clients rely on beside the bodies: pages, conditions, headers.
#include "core/base/text.hpp"
#include "support/wire_world.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <set>
#include <string>

namespace azid::test {

namespace {

const std::string identities =
    "/resourceGroups/rg1/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
const std::string networks = "/resourceGroups/rg1/providers/Microsoft.Network/virtualNetworks";
constexpr const char* network =
    R"({"location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]}}})";

std::string member(const WireAnswer& answer, const char* name) {
    const std::shared_ptr<const Json> body = answer.json();
    return text_at(*body, name);
}

// The names of all pages from that one on.
std::vector<std::string> names_from(WireWorld& world, WireAnswer page, const std::string& token,
                                    const char* link, int* pages) {
    std::vector<std::string> names;
    for (;;) {
        ++*pages;
        const std::shared_ptr<const Json> body = page.json();
        REQUIRE(page.status == 200);
        for (const Json& item : (*body)["value"])
            names.push_back(item.contains("displayName") ? text_at(item, "displayName")
                                                         : text_at(item, "name"));
        const std::string next = text_at(*body, link);
        if (next.empty()) return names;
        page = world.ask("GET", next, token);
    }
}

}  // namespace

TEST_CASE_FIXTURE(WireWorld, "a list comes in pages of $top, and a token of another list is refused") {
    add_group("rg1");
    std::vector<std::string> wanted;
    for (int i = 0; i < 7; ++i) {
        wanted.push_back(fmt::format("id{}", i));
        add_identity("rg1", wanted.back());
    }
    int pages = 0;
    CHECK(names_from(*this, arm("GET", identities + "?$top=3"), admin_token(), "nextLink", &pages) == wanted);
    CHECK(pages == 3);
    const std::string next = member(arm("GET", identities + "?$top=3"), "nextLink");
    CHECK(next.starts_with("https://management.azure.com/subscriptions/" + subscription + identities));
    SUBCASE("what is deleted between two pages moves nothing") {
        arm("DELETE", identities + "/id2");
        pages = 0;
        CHECK(names_from(*this, ask("GET", next, admin_token()), admin_token(), "nextLink", &pages) ==
              std::vector<std::string>(wanted.begin() + 3, wanted.end()));
    }
    SUBCASE("a forged, changed or foreign token") {
        const std::string token = next.substr(next.find("skiptoken=") + 10);
        CHECK(arm("GET", identities + "?$skiptoken=garbage").code() == "InvalidSkipToken");
        CHECK(arm("GET", identities + "?$skiptoken=" + token + "A").status == 400);
        CHECK(arm("GET", "/resources?$skiptoken=" + token).code() == "InvalidSkipToken");
        CHECK(arm("GET", identities + "?$skiptoken=" + token).status == 200);
    }
    SUBCASE("a page size that is none") {
        CHECK(arm("GET", identities + "?$top=0").code() == "BadRequest");
        CHECK(arm("GET", identities + "?$top=many").code() == "BadRequest");
        CHECK(arm("GET", "/resourceGroups?$top=1").status == 200);
    }
}

TEST_CASE_FIXTURE(WireWorld, "role assignments come in pages, and roles at once unless pages are asked for") {
    const std::string roles = "/providers/Microsoft.Authorization/roleDefinitions";
    const std::string assignments = "/providers/Microsoft.Authorization/roleAssignments";
    const std::string reader = roles + "/acdd72a7-3385-48ef-bd42-f606fba81ae7";
    for (int i = 0; i < 4; ++i) {
        const Json properties{{"roleDefinitionId", "/subscriptions/" + subscription + reader},
                              {"principalId", fmt::format("11111111-0000-0000-0000-00000000000{}", i)},
                              {"principalType", "ServicePrincipal"}};
        CHECK(arm("PUT", fmt::format("{}/00000000-0000-0000-0000-00000000000{}", assignments, i),
                  compact({{"properties", properties}}))
                  .status == 201);
    }
    const auto names = [&](const std::string& path, int pages_wanted) {
        int pages = 0;
        std::vector<std::string> found =
            names_from(*this, arm("GET", path), admin_token(), "nextLink", &pages);
        CHECK(pages == pages_wanted);
        return found;
    };
    const std::vector<std::string> all = names(assignments, 1);
    CHECK(all.size() == 5);
    CHECK(names(assignments + "?$top=2", 3) == all);
    const std::string next = member(arm("GET", assignments + "?$top=2"), "nextLink");
    arm("DELETE", assignments + "/" + all[1]);
    int pages = 0;
    CHECK(names_from(*this, ask("GET", next, admin_token()), admin_token(), "nextLink", &pages) ==
          std::vector<std::string>(all.begin() + 2, all.end()));
    CHECK(names(roles + "?$top=300", 3) == names(roles, 1));
}

TEST_CASE_FIXTURE(WireWorld, "a vault's list ends with an empty page, as recorded") {
    add_group("rg1");
    const std::string vaults = "/resourceGroups/rg1/providers/Microsoft.KeyVault/vaults";
    for (const char* name : {"kv-wire-1", "kv-wire-2"})
        CHECK(arm("PUT", vaults + "/" + name,
                  fmt::format(R"({{"location":"westeurope","properties":{{"tenantId":"{}","accessPolicies":[],
                              "sku":{{"family":"A","name":"standard"}}}}}})",
                              tenant.id))
                  .status == 200);
    int pages = 0;
    CHECK(names_from(*this, arm("GET", vaults + "?$top=1"), admin_token(), "nextLink", &pages).size() == 2);
    CHECK(pages == 3);
    pages = 0;
    CHECK(names_from(*this, arm("GET", vaults), admin_token(), "nextLink", &pages).size() == 2);
    CHECK(pages == 2);
    CHECK(arm("GET", vaults + "?$skiptoken=made-up").code() == "InvalidSkipToken");
}

TEST_CASE_FIXTURE(WireWorld, "Graph pages, counts and sorts") {
    const std::string token = token_for(admin, "https://graph.microsoft.com");
    for (int i = 0; i < 5; ++i) add_application(fmt::format("app{}", i), "secret");
    const std::string apps = "https://graph.microsoft.com/v1.0/applications";
    int pages = 0;
    const std::vector<std::string> wanted = {"app4", "app3", "app2", "app1", "app0"};
    CHECK(names_from(*this, ask("GET", apps + "?$top=2&$orderby=displayName desc", token), token,
                     "@odata.nextLink", &pages) == wanted);
    CHECK(pages == 3);
    CHECK(ask("GET", apps + "?$top=1000", token).message() ==
          "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.");
    CHECK(ask("GET", apps + "?$skiptoken=2", token).code() == "Request_BadRequest");
    CHECK(ask("GET", apps + "/$count", token).message() == "$count is not currently supported.");
    const WireAnswer counted = ask("GET", apps + "/$count", token, "", {{"ConsistencyLevel", "eventual"}});
    CHECK(counted.text == "5");
    CHECK(counted.header("Content-Type") == "text/plain");
    CHECK((*ask("GET", apps + "?$count=true", token, "", {{"ConsistencyLevel", "eventual"}})
                .json())["@odata.count"] == 5);
    CHECK_FALSE(ask("GET", apps + "?$count=true", token).json()->contains("@odata.count"));
    CHECK(ask("GET", apps, token, "", {{"client-request-id", "0864A6D4-304B-4C24-A4EB-C113CBC71198"}})
              .header("client-request-id") == "0864a6d4-304b-4c24-a4eb-c113cbc71198");
}

TEST_CASE_FIXTURE(WireWorld, "a vault's secrets come in pages whose tokens are the vault's own") {
    add_group("rg1");
    const std::string vault = "/resourceGroups/rg1/providers/Microsoft.KeyVault/vaults/kv-wire-1";
    arm("PUT", vault,
        fmt::format(
            R"({{"location":"westeurope","properties":{{"tenantId":"{0}","accessPolicies":[{{"tenantId":"{0}",
                    "objectId":"{1}","permissions":{{"secrets":["all"]}}}}],"sku":{{"family":"A",
                    "name":"standard"}}}}}})",
            tenant.id, admin.object_id));
    const std::string token = token_for(admin, "https://vault.azure.net");
    const std::string secrets = "https://kv-wire-1.vault.azure.net/secrets";
    for (int i = 0; i < 3; ++i)
        CHECK(
            ask("PUT", fmt::format("{}/s{}?api-version=7.4", secrets, i), token, R"({"value":"v"})").status ==
            200);
    const WireAnswer page = ask("GET", secrets + "?api-version=7.4&maxresults=2", token);
    CHECK((*page.json())["value"].size() == 2);
    const WireAnswer last = ask("GET", member(page, "nextLink"), token);
    CHECK((*last.json())["value"].size() == 1);
    CHECK((*last.json())["nextLink"].is_null());
    CHECK(ask("GET", secrets + "?api-version=7.4&$skiptoken=2", token).code() == "BadParameter");
    CHECK(ask("GET", secrets + "?api-version=7.4&maxresults=26", token).code() == "BadParameter");
}

TEST_CASE_FIXTURE(WireWorld, "a change is made only while the condition on the ETag holds") {
    add_group("rg1");
    const std::string path = networks + "/net";
    CHECK(arm("PUT", path, network, {{"If-Match", "*"}}).code() == "PreconditionFailed");
    CHECK(arm("PUT", path, network, {{"If-None-Match", "*"}}).status == 201);
    CHECK(arm("PUT", path, network, {{"If-None-Match", "*"}}).status == 412);
    const WireAnswer shown = arm("GET", path);
    const std::string etag = shown.header("ETag");
    CHECK(etag == member(shown, "etag"));
    CHECK(etag.starts_with("W/\""));
    CHECK(arm("PUT", path, network, {{"If-Match", etag}}).status == 200);
    CHECK(arm("PUT", path, network, {{"If-Match", etag}}).status == 412);
    CHECK(arm("DELETE", path, "", {{"If-Match", etag}}).status == 412);
    add_identity("rg1", "id1");
    const std::string stranger =
        token_for(caller_for(add_identity("rg1", "id2")), "https://management.azure.com/");
    CHECK(ask("PUT", arm_url(path), stranger, network, {{"If-Match", etag}}).code() == "AuthorizationFailed");
    CHECK(arm("DELETE", path, "", {{"If-Match", arm("GET", path).header("ETag")}}).status == 202);
}

TEST_CASE_FIXTURE(WireWorld, "a machine's ETag counts, and its page says it without what is expanded") {
    add_group("rg1");
    const std::string path = "/resourceGroups/rg1/providers/Microsoft.Compute/virtualMachines/vm1";
    const std::string body =
        R"({"location":"westeurope","properties":{"hardwareProfile":{"vmSize":"Standard_B1s"}}})";
    CHECK(arm("PUT", path, body).header("ETag") == "\"1\"");
    CHECK(arm("PATCH", path, R"({"tags":{"a":"b"}})", {{"If-Match", "\"1\""}}).header("ETag") == "\"2\"");
    CHECK(arm("PATCH", path, R"({"tags":{"a":"c"}})", {{"If-Match", "\"1\""}}).status == 412);
    CHECK(arm("GET", path).header("ETag") == "\"2\"");
    CHECK(arm("GET", path + "?$expand=instanceView").header("ETag").empty());
}

TEST_CASE_FIXTURE(WireWorld, "a blob is sent only when it has changed, and replaced only as it was seen") {
    add_group("rg1");
    const std::string account = "/resourceGroups/rg1/providers/Microsoft.Storage/storageAccounts/stwire1";
    arm("PUT", account, R"({"location":"westeurope","kind":"StorageV2","sku":{"name":"Standard_LRS"}})");
    assign(admin.object_id, "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "/subscriptions/" + subscription);
    const std::string token = token_for(admin, "https://storage.azure.com/");
    const std::string box = "https://stwire1.blob.core.windows.net/box";
    const http::Headers version{{"x-ms-version", "2021-08-06"}};
    const auto with = [&](const std::string& name, const std::string& value) {
        http::Headers headers = version;
        headers["x-ms-blob-type"] = "BlockBlob";
        if (!name.empty()) headers[name] = value;
        return headers;
    };
    CHECK(ask("PUT", box + "?restype=container", token, "", version).status == 201);
    const WireAnswer made = ask("PUT", box + "/b", token, "text", with("If-None-Match", "*"));
    CHECK(made.status == 201);
    CHECK(made.header("x-ms-version") == "2021-08-06");
    CHECK(ask("PUT", box + "/b", token, "text", with("If-None-Match", "*")).status == 409);
    const std::string etag = made.header("ETag");
    const std::string changed = made.header("Last-Modified");
    CHECK(ask("GET", box + "/b", token, "", with("If-None-Match", etag)).status == 304);
    CHECK(ask("GET", box + "/b", token, "", with("If-Match", "\"0x1\"")).status == 412);
    CHECK(ask("GET", box + "/b", token, "", with("If-Modified-Since", changed)).status == 304);
    CHECK(ask("GET", box + "/b", token, "", with("If-Unmodified-Since", changed)).status == 200);
    CHECK(ask("GET", box + "/b", token, "", with("If-Unmodified-Since", "Wed, 01 Jan 2025 00:00:00 GMT"))
              .status == 412);
    CHECK(ask("GET", box + "/b", token, "", with("If-Modified-Since", "yesterday")).status == 400);
    CHECK(ask("GET", box + "/b", token, "", with("If-Modified-Since", "Wed, 31 Feb 2025 00:00:00 GMT"))
              .status == 400);
}

TEST_CASE_FIXTURE(WireWorld, "a vault's answers carry its service's headers, refusals too") {
    add_group("rg1");
    arm("PUT", "/resourceGroups/rg1/providers/Microsoft.KeyVault/vaults/kv-wire-1",
        fmt::format(R"({{"location":"westeurope","properties":{{"tenantId":"{}","accessPolicies":[],
                    "sku":{{"family":"A","name":"standard"}}}}}})",
                    tenant.id));
    const WireAnswer none = ask("GET", "https://kv-wire-1.vault.azure.net/secrets?api-version=7.4", "", "",
                                {{"x-ms-client-request-id", "mine"}});
    CHECK(none.status == 401);
    CHECK(none.header("x-ms-keyvault-region") == "westeurope");
    CHECK(none.header("x-ms-client-request-id") == "mine");
    CHECK_FALSE(none.header("x-ms-keyvault-service-version").empty());
}

TEST_CASE_FIXTURE(WireWorld, "answers carry ARM's headers") {
    add_group("rg1");
    const WireAnswer shown = arm("GET", "/resourceGroups/rg1", "",
                                 {{"x-ms-correlation-request-id", "0864A6D4-304B-4C24-A4EB-C113CBC71198"},
                                  {"x-ms-client-request-id", "mine"},
                                  {"x-ms-return-client-request-id", "true"}});
    CHECK(is_guid(shown.header("x-ms-request-id")));
    CHECK(shown.header("x-ms-correlation-request-id") == "0864a6d4-304b-4c24-a4eb-c113cbc71198");
    CHECK(shown.header("x-ms-client-request-id") == "mine");
    CHECK(shown.header("x-ms-ratelimit-remaining-subscription-global-reads") == "3749");
    CHECK(shown.header("Cache-Control") == "no-cache");
    CHECK(arm("GET", "/resourceGroups/rg1", "", {{"x-ms-client-request-id", "mine"}})
              .header("x-ms-client-request-id")
              .empty());
    const WireAnswer made = arm("PUT", identities + "/id1", R"({"location":"westeurope"})");
    CHECK(made.header("Location") == "/subscriptions/" + subscription +
                                         replace_all(identities, "/resourceGroups/", "/resourcegroups/") +
                                         "/id1");
    CHECK(made.header("x-ms-ratelimit-remaining-subscription-writes") == "199");
    CHECK(made.header("x-ms-ratelimit-remaining-subscription-global-writes") == "2999");
}

TEST_CASE_FIXTURE(WireWorld, "the cloud's endpoints are told to anybody, in the form of each version") {
    const std::string url = "https://management.azure.com/metadata/endpoints?api-version=";
    CHECK(ask("GET", url + "2019-05-01", "").json()->is_array());
    for (const char* version : {"2015-01-01", "2022-09-01"}) {
        const WireAnswer cloud = ask("GET", url + version, "");
        CHECK(cloud.status == 200);
        CHECK(member(cloud, "resourceManager") == "https://management.azure.com/");
    }
    CHECK(ask("GET", "https://management.azure.com/metadata/endpoints", "").code() ==
          "MissingApiVersionParameter");
}

TEST_CASE_FIXTURE(WireWorld, "api-versions are days of the calendar") {
    for (const char* version :
         {"2024-13-01", "2024-00-10", "2024-1-1", "24-11-01", "2024-11-01-", "2024-11-01x"})
        CHECK(arm("GET", std::string("/resourceGroups?api-version=") + version).code() ==
              "InvalidApiVersionParameter");
    CHECK(arm("GET", "/resourceGroups?api-version=").code() == "MissingApiVersionParameter");
    CHECK(arm("GET", "/resourceGroups?api-version=2024-11-01-preview").status == 200);
}

TEST_CASE_FIXTURE(WireWorld, "lists of resources are filtered as az and the portal ask") {
    add_group("rg1");
    arm("PUT", networks + "/alpha", R"({"location":"westeurope","tags":{"team":"blue","tier":"1"}})");
    arm("PUT", networks + "/beta", R"({"location":"northeurope","tags":{"team":"red"}})");
    const auto found = [&](const std::string& filter) {
        const WireAnswer answer = arm("GET", "/resources?$filter=" + http::url_encoded(filter));
        if (answer.status != 200) return answer.code();
        std::string names;
        const std::shared_ptr<const Json> body = answer.json();
        for (const Json& item : (*body)["value"]) names += text_at(item, "name") + " ";
        return names;
    };
    CHECK(found("tagName eq 'team'") == "alpha beta ");
    CHECK(found("tagname eq 'team' and tagvalue eq 'red'") == "beta ");
    CHECK(found("tagName eq 'tier' and tagValue eq 'blue'") == "");
    CHECK(found("resourceGroup eq 'RG1' and name eq 'alpha'") == "alpha ");
    CHECK(found("substringof('lph', name)") == "alpha ");
    CHECK(found("location eq 'northeurope' or name eq 'alpha'") == "alpha beta ");
    CHECK(found("resourceType eq 'Microsoft.Network/virtualNetworks'") == "alpha beta ");
    CHECK(found("") == "alpha beta ");
    CHECK(found("name like 'a'") == "BadRequest");
}

TEST_CASE_FIXTURE(WireWorld, "the SKUs of Compute are filtered by their region") {
    const WireAnswer all = arm("GET", "/providers/Microsoft.Compute/skus");
    const WireAnswer west = arm("GET", "/providers/Microsoft.Compute/skus?$filter=location eq 'WestEurope'");
    CHECK(west.status == 200);
    const std::shared_ptr<const Json> list = west.json();
    CHECK((*list)["value"].size() > 5);
    CHECK((*list)["value"].size() < (*all.json())["value"].size());
    for (const Json& sku : (*list)["value"]) CHECK(sku["locations"][0] == "westeurope");
}

}  // namespace azid::test
