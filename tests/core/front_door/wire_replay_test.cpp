// Every request that real clients were seen to send, sent again: azid answers each with the recorded status
// and with every member that the recorded answer had.
#include "core/base/http.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "support/wire_world.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace azid::test {

namespace {

constexpr const char* owner_role = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
constexpr const char* secrets_officer_role = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
constexpr const char* directory_readers = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";

// Where azid does on purpose what the recording server did not.
struct Difference {
    const char* method;
    const char* path;  // what the path holds
    int recorded;
    int ours;
    const char* why;
};
constexpr Difference differences[] = {
    {"PUT", "/virtualMachines/", 200, 201, "Compute answers 201 where it makes one"},
    {"DELETE", "/virtualMachines/", 200, 202, "Compute's deletion takes its time, as recorded of ARM"},
    {"DELETE", "/roleAssignments/", 200, 204, "gone already"},
};

// What the recording server answered beyond what Azure does.
constexpr const char* left_out[] = {
    "/__op/",                     // its own path for operations
    "raw.githubusercontent.com",  // not Azure's
    "client_assertion",           // signed by keys that are not ours
    "/adfs",                      // another kind of authority
};

// Members that the recording server made up: Azure's own recordings lack them.
constexpr const char* made_up[] = {
    "@odata.type",  // of a list or an object of one kind
    "federatedIdentityCredentials properties.provisioningState",
    "deployments properties.outputs",  // of one that was just accepted
    "deployments properties.outputResources",
    "virtualMachines deleteOption",                             // sent as null
    "virtualMachines properties.storageProfile.osDisk.osType",  // of a machine without an image
    "virtualMachines value[].properties.storageProfile.osDisk.osType",
    "virtualMachines identity",  // of a machine that has lost its identities
};

bool is_made_up(const std::string& url, const std::string& member) {
    return std::any_of(std::begin(made_up), std::end(made_up), [&](const std::string& one) {
        const std::size_t space = one.find(' ');
        if (space == std::string::npos) return member.ends_with(one);
        const std::string name = one.substr(space + 1);
        return url.find(one.substr(0, space)) != std::string::npos &&
               (member.ends_with(name) || member.starts_with(name));
    });
}

void collect(const Json& value, const std::string& at, std::set<std::string>& into) {
    if (!at.empty()) into.insert(at);
    const std::string last = lower(at.substr(at.rfind('.') + 1));
    const bool open = last == "tags" || last == "userassignedidentities" || last == "parameters";
    if (value.is_object())
        for (const auto& [key, member] : value.items())
            collect(member, (at.empty() ? "" : at + ".") + (open ? "*" : key), into);
    if (value.is_array())
        for (const Json& item : value) collect(item, at + "[]", into);
}

// Members of the recorded answer that ours lacks.
std::vector<std::string> missing(const Json& recorded, const Json& ours) {
    std::set<std::string> wanted;
    std::set<std::string> have;
    collect(recorded, "", wanted);
    collect(ours, "", have);
    std::vector<std::string> lacking;
    for (const std::string& path : wanted) {
        const bool said = std::any_of(lacking.begin(), lacking.end(),
                                      [&](const std::string& one) { return path.starts_with(one); });
        if (!have.contains(path) && !said && path != "value[]") lacking.push_back(path);
    }
    return lacking;
}

struct Replay : WireWorld {
    std::map<std::string, std::string> ids;  // recorded -> ours
    entra::ServicePrincipal client;
    std::map<std::string, std::string> tokens;
    std::vector<std::string> complaints;
    int sent = 0;

    Replay() {
        add_group("rg0");
        client = add_application("azid-admin", "sekret");
        assign(client.id, owner_role, "/subscriptions/" + subscription);
        assign(client.id, secrets_officer_role, "/subscriptions/" + subscription);
        const std::string graph = token_for(admin, "https://graph.microsoft.com/");
        ask("POST", "https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments", graph,
            fmt::format(R"({{"principalId":"{}","roleDefinitionId":"{}","directoryScopeId":"/"}})", client.id,
                        directory_readers));
        ids = {{"11111111-1111-1111-1111-111111111111", tenant.id},
               {"22222222-2222-2222-2222-222222222222", subscription},
               {"33333333-3333-3333-3333-333333333333", client.app_id},
               {"44444444-4444-4444-4444-444444444444", client.id},
               // Shorter than Azure allows.
               {"userAssignedIdentities/u1", "userAssignedIdentities/uai1"}};
    }

    void add_vault(const std::string& name) {
        arm("PUT", "/resourceGroups/rg0/providers/Microsoft.KeyVault/vaults/" + name,
            fmt::format(R"({{"location":"eastus","properties":{{"tenantId":"{}","sku":{{"family":"A",
                        "name":"standard"}},"enableRbacAuthorization":true}}}})",
                        tenant.id));
    }

    std::string fixed(std::string text) const {
        for (const auto& [recorded, ours] : ids) text = replace_all(std::move(text), recorded, ours);
        return text;
    }

    const std::string& token_of(const std::string& host) {
        const std::string resource = host.ends_with(".vault.azure.net") ? "https://vault.azure.net"
                                     : host == "graph.microsoft.com"    ? "https://graph.microsoft.com/"
                                                                        : "https://management.azure.com/";
        std::string& token = tokens[resource];
        if (token.empty()) token = token_for(caller_for(client), resource);
        return token;
    }

    // What the recording calls the principal or client of an identity is remembered for later requests.
    void learn(const Json& recorded, const Json& ours) {
        for (const char* path : {"properties.principalId", "properties.clientId", "identity.principalId"}) {
            const Json* const theirs = find(recorded, path);
            const Json* const mine = find(ours, path);
            if (theirs != nullptr && mine != nullptr && theirs->is_string() && mine->is_string())
                ids[theirs->get<std::string>()] = mine->get<std::string>();
        }
    }

    void judge(const Json& line, const std::string& what, const WireAnswer& answer) {
        const int recorded = line["status"].get<int>();
        const std::string path = line["url"].get<std::string>();
        const bool meant =
            std::any_of(std::begin(differences), std::end(differences), [&](const Difference& one) {
                return line["method"] == one.method && path.find(one.path) != std::string::npos &&
                       recorded == one.recorded && answer.status == one.ours;
            });
        if (answer.status != recorded && !meant) {
            complaints.push_back(fmt::format("{}: {} instead of {}: {}", what, answer.status, recorded,
                                             answer.text.substr(0, 300)));
            return;
        }
        if (recorded >= 300 || !line["resp"].is_structured() || answer.text.empty()) return;
        const std::shared_ptr<const Json> ours = answer.json();
        std::vector<std::string> lacking = missing(line["resp"], *ours);
        std::erase_if(lacking, [&](const std::string& member) { return is_made_up(path, member); });
        if (!lacking.empty())
            complaints.push_back(fmt::format("{}: lacks {}", what, fmt::join(lacking, ", ")));
        learn(line["resp"], *ours);
    }

    void send_line(const Json& line) {
        const std::string host = text_at(line, "host");
        http::Request request = http::request_to(fixed("https://" + host + text_at(line, "url")));
        request.method = text_at(line, "method");
        const Json& body = line["body"];
        request.body = fixed(body.is_string() ? body.get<std::string>() : compact(body));
        if (request.body.find("client_secret=") != std::string::npos) {
            const std::size_t at = request.body.find("client_secret=") + 14;
            request.body.replace(at, request.body.find('&', at) - at, "sekret");
        }
        if (request.host.ends_with(".vault.azure.net"))
            add_vault(request.host.substr(0, request.host.find('.')));
        const bool has_token = line["hdr"].contains("Authorization");
        if (has_token) request.headers["Authorization"] = "Bearer " + token_of(request.host);
        ++sent;
        judge(line,
              fmt::format("{} {} {}{}", line["n"].get<int>(), request.method, host, text_at(line, "url")),
              send(request));
    }
};

bool is_ours(const Json& line) {
    if (!line.contains("url") || !line["host"].is_string() || !line["status"].is_number()) return false;
    const std::string host = text_at(line, "host");
    if (line["method"] == "CONNECT") return false;
    if (host == "169.254.169.254" || host.find("localhost") != std::string::npos) return false;
    const std::string whole = host + text_at(line, "url") + compact(line["body"]);
    return std::none_of(std::begin(left_out), std::end(left_out),
                        [&](const char* one) { return whole.find(one) != std::string::npos; });
}

}  // namespace

TEST_CASE("what real clients were recorded to ask is answered as it was then") {
    const std::filesystem::path folder = std::filesystem::path(AZID_SHARED_DIR) / "clients/wire";
    if (!std::filesystem::exists(folder)) {
        MESSAGE("skipped: no recordings in " << folder.string());
        return;
    }
    for (const char* name : {"az274_full", "az245_hybrid", "sdk_python_js_namespace", "proxy"}) {
        CAPTURE(name);
        Replay replay;
        std::ifstream file(folder / (std::string(name) + ".jsonl"));
        std::string text;
        while (std::getline(file, text)) {
            const Json line = Json::parse(text);
            if (is_ours(line)) replay.send_line(line);
        }
        CHECK(replay.sent > 20);
        for (const std::string& complaint : replay.complaints) MESSAGE(complaint);
        CHECK(replay.complaints.empty());
    }
}

}  // namespace azid::test
