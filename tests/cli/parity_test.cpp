// What a command shows and what the wire answers to GET are the same JSON, for every kind of thing that azid
// has: az's own reshaping (members lifted out of "properties", nulls, "resourceGroup", its form of dates) is
// undone first.
#include "core/arm/registry.hpp"
#include "core/base/json.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "support/terminal.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace azid::test {

namespace {

// A thing, the commands that make it, the one that shows it and where the wire has it. "{SUB}" and the like
// are filled in from what came before.
struct Kind {
    const char* type;
    std::vector<std::string> made_by;
    std::string show;
    std::string path;
    // Members that az names otherwise, or that one of the two does not have, and why.
    std::set<std::string> aside = {};
};

const std::string group = "/subscriptions/{SUB}/resourceGroups/rg/providers/";

std::vector<Kind> kinds() {
    return {
        {"Microsoft.ManagedIdentity/userAssignedIdentities",
         {"identity create -g rg -n app"},
         "identity show -g rg -n app",
         group + "Microsoft.ManagedIdentity/userAssignedIdentities/app"},
        {"Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
         {"identity federated-credential create -g rg --identity-name app -n fic --issuer https://iss "
          "--subject s"},
         "identity federated-credential show -g rg --identity-name app -n fic",
         group + "Microsoft.ManagedIdentity/userAssignedIdentities/app/federatedIdentityCredentials/fic"},
        {"Microsoft.Compute/virtualMachines",
         {"vm create -g rg -n vm --image Ubuntu2204 --admin-username u --admin-password Passw0rd!Passw0rd! "
          "--assign-identity [system] app --tags a=b"},
         "vm show -g rg -n vm",
         group + "Microsoft.Compute/virtualMachines/vm"},
        {"Microsoft.Compute/virtualMachines/extensions",
         {"vm extension set -g rg --vm-name vm -n customScript --publisher Microsoft.Azure.Extensions"},
         "vm extension show -g rg --vm-name vm -n customScript",
         group + "Microsoft.Compute/virtualMachines/vm/extensions/customScript",
         {".typepropertiestype=", ".type=customScript"}},  // two members of one name
        {"Microsoft.Compute/disks",
         {"disk create -g rg -n disk --size-gb 8"},
         "disk show -g rg -n disk",
         group + "Microsoft.Compute/disks/disk"},
        {"Microsoft.Compute/locations/runCommands",
         {},
         "vm run-command show -l westeurope --command-id RunShellScript",
         "/subscriptions/{SUB}/providers/Microsoft.Compute/locations/westeurope/runCommands/RunShellScript",
         {".schema=", ".$schema="}},  // one member, without its $
        {"Microsoft.Compute/locations/publishers/artifacttypes/offers/skus/versions",
         {},
         "vm image show -l westeurope -p Debian -f debian-11 -s 11 --version 1.0.0",
         "/subscriptions/{SUB}/providers/Microsoft.Compute/locations/westeurope/publishers/Debian/"
         "artifacttypes/"
         "vmimage/offers/debian-11/skus/11/versions/1.0.0",
         {".osdiskimage.sizeingb=", ".replicatype="}},  // left out by az's model
        {"Microsoft.Compute/locations/publishers/artifacttypes/types/versions",
         {},
         "vm extension image show -l westeurope -p Microsoft.Azure.Extensions -n CustomScript --version "
         "2.1.13",
         "/subscriptions/{SUB}/providers/Microsoft.Compute/locations/westeurope/publishers/"
         "Microsoft.Azure.Extensions/artifacttypes/vmextension/types/CustomScript/versions/2.1.13"},
        {"microsoft.devtestlab/schedules",
         {"vm auto-shutdown -g rg -n vm --time 1730"},
         "resource show --ids " + group + "microsoft.devtestlab/schedules/shutdown-computevm-vm",
         group + "microsoft.devtestlab/schedules/shutdown-computevm-vm"},
        {"Microsoft.Network/virtualNetworks",
         {},
         "network vnet show -g rg -n vmVNET",
         group + "Microsoft.Network/virtualNetworks/vmVNET"},
        {"Microsoft.Network/virtualNetworks/subnets",
         {},
         "network vnet subnet show -g rg --vnet-name vmVNET -n vmSubnet",
         group + "Microsoft.Network/virtualNetworks/vmVNET/subnets/vmSubnet"},
        {"Microsoft.Network/networkSecurityGroups",
         {},
         "network nsg show -g rg -n vmNSG",
         group + "Microsoft.Network/networkSecurityGroups/vmNSG"},
        {"Microsoft.Network/networkSecurityGroups/securityRules",
         {},
         "resource show --ids " + group +
             "Microsoft.Network/networkSecurityGroups/vmNSG/securityRules/default-allow-ssh",
         group + "Microsoft.Network/networkSecurityGroups/vmNSG/securityRules/default-allow-ssh",
         {".etag="}},  // no member of a resource as such
        {"Microsoft.Network/publicIPAddresses",
         {},
         "network public-ip show -g rg -n vmPublicIP",
         group + "Microsoft.Network/publicIPAddresses/vmPublicIP"},
        {"Microsoft.Network/networkInterfaces",
         {},
         "network nic show -g rg -n vmVMNic",
         group + "Microsoft.Network/networkInterfaces/vmVMNic",
         {".allowport25out=", ".kind="}},  // left out by az's model
        {"Microsoft.KeyVault/vaults",
         {"keyvault create -g rg -n kvparity1 -l westeurope"},
         "keyvault show -n kvparity1",
         group + "Microsoft.KeyVault/vaults/kvparity1"},
        {"Microsoft.Storage/storageAccounts",
         {"storage account create -g rg -n stparity1"},
         "storage account show -g rg -n stparity1",
         group + "Microsoft.Storage/storageAccounts/stparity1",
         {".enablehttpstrafficonly=", ".supportshttpstrafficonly=", ".networkruleset.",
          ".networkacls."}},  // renamed
        {"Microsoft.Web/serverfarms",
         {"appservice plan create -g rg -n plan --is-linux"},
         "appservice plan show -g rg -n plan",
         group + "Microsoft.Web/serverfarms/plan"},
        {"Microsoft.Web/sites",
         {"webapp create -g rg -p plan -n siteparity1 --runtime PYTHON:3.12"},
         "resource show --ids " + group + "Microsoft.Web/sites/siteparity1",
         group + "Microsoft.Web/sites/siteparity1"},
        // What is no resource.
        {"", {}, "group show -n rg", "/subscriptions/{SUB}/resourceGroups/rg"},
        {"",
         {"lock create -n lock --resource vm --resource-type Microsoft.Compute/virtualMachines -g rg -t "
          "CanNotDelete"},
         "lock show -n lock --resource vm --resource-type Microsoft.Compute/virtualMachines -g rg",
         group + "Microsoft.Compute/virtualMachines/vm/providers/Microsoft.Authorization/locks/lock"},
        {"",
         {},
         "provider show -n Microsoft.Compute",
         "/subscriptions/{SUB}/providers/Microsoft.Compute",
         {".authorizations["}},
        {"",
         {"account management-group create -n mg"},
         "account management-group show -n mg",
         "/providers/Microsoft.Management/managementGroups/mg"},
        {"",
         {"ad app create --display-name parity",
          "ad sp create --id {ad app list --display-name parity --query [0].appId}"},
         "ad app show --id {ad app list --display-name parity --query [0].appId}",
         "https://graph.microsoft.com/v1.0/applications/{ad app list --display-name parity --query [0].id}"},
        {"",
         {},
         "ad sp show --id {ad app list --display-name parity --query [0].appId}",
         "https://graph.microsoft.com/v1.0/servicePrincipals/{ad sp list --display-name parity --query "
         "[0].id}"},
        {"",
         {},
         "ad sp show --id {identity show -g rg -n app --query principalId}",
         "https://graph.microsoft.com/v1.0/servicePrincipals/{identity show -g rg -n app --query "
         "principalId}"},
        {"",
         {"ad user create --display-name Ann --password Passw0rd!Passw0rd! --user-principal-name "
          "ann@contoso.onmicrosoft.com"},
         "ad user show --id ann@contoso.onmicrosoft.com",
         "https://graph.microsoft.com/v1.0/users/ann@contoso.onmicrosoft.com"},
        {"",
         {"ad group create --display-name team --mail-nickname team"},
         "ad group show -g team",
         "https://graph.microsoft.com/v1.0/groups/{ad group show -g team --query id}"},
        {"", {}, "ad signed-in-user show", "https://graph.microsoft.com/v1.0/me"},
        {"",
         {"role assignment create --assignee {ad signed-in-user show --query id} --role "
          "Key~Vault~Administrator "
          "--scope /subscriptions/{SUB}",
          "keyvault secret set --vault-name kvparity1 -n s --value v --tags a=b"},
         "keyvault secret show --vault-name kvparity1 -n s",
         "https://kvparity1.vault.azure.net/secrets/s",
         {".name="}},  // told from the id
        {"",
         {},
         "vm get-instance-view -g rg -n vm",
         group + "Microsoft.Compute/virtualMachines/vm?$expand=instanceView"},
        {"",
         {"keyvault create -g rg -n kvparity2 -l westeurope", "keyvault delete -g rg -n kvparity2",
          "ad group member add -g team --member-id {ad user show --id ann@contoso.onmicrosoft.com --query "
          "id}"},
         "keyvault show-deleted -n kvparity2",
         "/subscriptions/{SUB}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/kvparity2"},
        {"",
         {"keyvault key create --vault-name kvparity1 -n k"},
         "keyvault key show --vault-name kvparity1 -n k",
         "https://kvparity1.vault.azure.net/keys/k"},
    };
}

// Lists: the same again, of all there are. The wire's are under "value".
std::vector<Kind> lists() {
    const std::string all = "/subscriptions/{SUB}/providers/";
    return {
        {"", {}, "identity list", all + "Microsoft.ManagedIdentity/userAssignedIdentities"},
        {"", {}, "vm list", all + "Microsoft.Compute/virtualMachines"},
        {"", {}, "disk list", all + "Microsoft.Compute/disks"},
        {"",
         {},
         "network nic list",
         all + "Microsoft.Network/networkInterfaces",
         {".allowport25out=", ".kind="}},
        {"", {}, "network vnet list", all + "Microsoft.Network/virtualNetworks"},
        {"", {}, "network nsg list", all + "Microsoft.Network/networkSecurityGroups"},
        {"", {}, "network public-ip list", all + "Microsoft.Network/publicIPAddresses"},
        {"",
         {},
         "storage account list",
         all + "Microsoft.Storage/storageAccounts",
         {".enablehttpstrafficonly=", ".supportshttpstrafficonly=", ".networkruleset.", ".networkacls."}},
        {"",
         {},
         "appservice plan list",
         all + "Microsoft.Web/serverfarms",
         // left out of az's list
         {".computemode=", ".currentnumberofworkers=", ".georegion=", ".planname=", ".subscription=",
          ".webspace=", ".workersize="}},
        {"", {}, "group list", "/subscriptions/{SUB}/resourceGroups"},
        {"", {}, "ad app list --all", "https://graph.microsoft.com/v1.0/applications"},
        {"", {}, "ad sp list --all", "https://graph.microsoft.com/v1.0/servicePrincipals"},
        {"", {}, "ad user list", "https://graph.microsoft.com/v1.0/users"},
        {"", {}, "ad group list", "https://graph.microsoft.com/v1.0/groups"},
        {"",
         {},
         "keyvault secret list --vault-name kvparity1",
         "https://kvparity1.vault.azure.net/secrets",
         {"].name="}},
        {"",
         {},
         "keyvault key list --vault-name kvparity1",
         "https://kvparity1.vault.azure.net/keys",
         {"].name="}},
        {"", {}, "account list-locations", "/subscriptions/{SUB}/locations"},
        {"",
         {},
         "resource list",
         "/subscriptions/{SUB}/resources?$expand=createdTime,changedTime,provisioningState"},
        {"", {}, "provider list", "/subscriptions/{SUB}/providers", {".authorizations["}},
        {"", {}, "lock list", "/subscriptions/{SUB}/providers/Microsoft.Authorization/locks"},
        {"",
         {},
         "role definition list --name Reader",
         all + "Microsoft.Authorization/roleDefinitions?$filter=roleName%20eq%20'Reader'",
         {".roletype=", ".type="}},
        {"",
         {},
         "role assignment list --scope /subscriptions/{SUB}",
         all + "Microsoft.Authorization/roleAssignments?$filter=atScope()",
         {".principalname=", ".roledefinitionname="}},  // looked up by az
        {"", {}, "deployment group list -g rg", group + "Microsoft.Resources/deployments"},
        {"", {}, "vm list-sizes -l westeurope", all + "Microsoft.Compute/locations/westeurope/vmSizes"},
        {"",
         {},
         "vm list-skus -l westeurope",
         all + "Microsoft.Compute/skus?$filter=location%20eq%20'westeurope'"},
        {"",
         {},
         "vm extension list -g rg --vm-name vm",
         group + "Microsoft.Compute/virtualMachines/vm/extensions",
         {".typepropertiestype=", ".type="}},
        {"",
         {},
         "network vnet subnet list -g rg --vnet-name vmVNET",
         group + "Microsoft.Network/virtualNetworks/vmVNET/subnets"},
        {"",
         {},
         "identity federated-credential list -g rg --identity-name app",
         group + "Microsoft.ManagedIdentity/userAssignedIdentities/app/federatedIdentityCredentials"},
        {"", {}, "keyvault list-deleted", all + "Microsoft.KeyVault/deletedVaults"},
        {"",
         {},
         "ad group member list -g team",
         "https://graph.microsoft.com/v1.0/groups/{ad group show -g team --query id}/members"},
    };
}

// az writes dates with an offset, those of vaults for their seconds, and numbers of keys in base64 proper.
std::string canonical(const Json& leaf, std::string_view at) {
    const bool is_seconds = at.ends_with("attributes.created") || at.ends_with("attributes.updated");
    if (is_seconds && leaf.is_number()) return utc_ticks(from_unix_seconds(leaf.get<std::int64_t>()));
    if (!leaf.is_string()) return compact(leaf);
    if (at == ".key.n" || at == ".key.e") {
        const std::string url = replace_all(replace_all(leaf.get<std::string>(), "+", "-"), "/", "_");
        return url.substr(0, url.find('='));
    }
    const std::string text = leaf.get<std::string>();
    if (text.size() < 19 || text[10] != 'T') return text;
    const std::optional<Instant> instant = parse_utc(text);
    return instant ? utc_ticks(*instant) : text;
}

// Every value with the names that lead to it, "properties" left out.
void leaves(const Json& value, const std::string& at, std::set<std::string>& into) {
    if (value.is_null()) return;
    if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            if (key == "resourceGroup" || key.starts_with("@odata.")) continue;
            // az writes some in another case: diskSizeGb, provisionVmAgent.
            leaves(member, key == "properties" ? at : at + "." + replace_all(lower(key), "_", ""), into);
        }
        return;
    }
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) leaves(value[i], fmt::format("{}[{}]", at, i), into);
        return;
    }
    into.insert(fmt::format("{}={}", at, canonical(value, at)));
}

struct Parity : Terminal {
    std::string subscription;

    Parity() {
        subscription = text("account show --query id");
        run({"group", "create", "-n", "rg", "-l", "westeurope", "--tags", "a=b", "-o", "none"});
    }

    std::vector<std::string> words(const std::string& line) {
        std::vector<std::string> found;
        for (const std::string& word : split(filled(line), ' ')) found.push_back(replace_all(word, "~", " "));
        return found;
    }

    std::string text(const std::string& line) {
        std::vector<std::string> argv = words(line);
        argv.insert(argv.end(), {"-o", "tsv"});
        return std::string(trim(run(argv).out));
    }

    // "{SUB}" is the subscription, "{a command}" what the command prints.
    std::string filled(std::string line) {
        line = replace_all(std::move(line), "{SUB}", subscription);
        for (std::size_t open = line.find('{'); open != std::string::npos; open = line.find('{')) {
            const std::size_t close = line.find('}', open);
            const std::string inner = line.substr(open + 1, close - open - 1);
            line.replace(open, close - open + 1, text(inner));
        }
        return line;
    }

    Json json(const std::string& line) {
        std::vector<std::string> argv = words(line);
        argv.insert(argv.end(), {"-o", "json", "--only-show-errors"});
        const Printed printed = run(argv);
        INFO(line << " -> " << printed.error);
        REQUIRE(printed.exit_code == 0);
        return printed.out.empty() ? Json() : Json::parse(printed.out);
    }

    Json over_the_wire(const std::string& path) {
        std::string url = filled(path);
        if (url.front() == '/')
            url += (url.find('?') == std::string::npos ? "?" : "&") + std::string("api-version=2024-11-01");
        if (url.find(".vault.azure.net/") == std::string::npos) return json("rest -u " + url);
        return json("rest --resource https://vault.azure.net -u " + url + "?api-version=7.4");
    }
};

void compare(const Kind& kind, const Json& shown, const Json& wire) {
    std::set<std::string> ours;
    std::set<std::string> theirs;
    leaves(shown, "", ours);
    leaves(wire, "", theirs);
    const auto is_aside = [&](const std::string& leaf) {
        return std::any_of(kind.aside.begin(), kind.aside.end(),
                           [&](const std::string& name) { return leaf.find(name) != std::string::npos; });
    };
    for (const std::string& leaf : ours)
        if (!theirs.contains(leaf) && !is_aside(leaf)) FAIL_CHECK(kind.show << ": only shown: " << leaf);
    for (const std::string& leaf : theirs)
        if (!ours.contains(leaf) && !is_aside(leaf)) FAIL_CHECK(kind.show << ": only on the wire: " << leaf);
    CHECK(theirs.size() > 1);
}

}  // namespace

TEST_CASE("what a command shows is what the wire answers, for every kind of thing") {
    Parity parity;
    std::set<std::string> covered;
    for (const Kind& kind : kinds()) {
        for (const std::string& line : kind.made_by) parity.json(line);
        compare(kind, parity.json(kind.show), parity.over_the_wire(kind.path));
        covered.insert(lower(kind.type));
    }
    for (const Kind& kind : lists()) {
        const Json wire = parity.over_the_wire(kind.path);
        compare(kind, parity.json(kind.show), wire["value"]);
    }
    for (const arm::ResourceType* type : arm::resource_types())
        if (type->get != nullptr && !covered.contains(lower(type->type)))
            FAIL_CHECK("no kind here is a " << type->type);
}

}  // namespace azid::test
