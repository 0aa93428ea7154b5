#include "core/rbac/action.hpp"

#include "core/base/text.hpp"
#include "core/rbac/builtin_roles.hpp"
#include "core/rbac/model.hpp"

#include <algorithm>

namespace azid::rbac {

namespace {

char fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Operations on data, by provider: what stands before each list and the endings that are data actions.
// Source: the Azure resource provider operations of each.
struct DataActions {
    std::string_view type;
    std::string_view operations;  // separated by blanks
};

constexpr DataActions data_actions[] = {
    {"Microsoft.KeyVault/vaults/secrets/",
     "backup/action delete getSecret/action purge/action readMetadata/action recover/action restore/action "
     "setSecret/action update/action"},
    {"Microsoft.KeyVault/vaults/keys/",
     "backup/action create/action decrypt/action delete encrypt/action import/action purge/action "
     "recover/action "
     "release/action restore/action rotate/action sign/action unwrap/action update/action verify/action "
     "wrap/action"},
    {"Microsoft.KeyVault/vaults/certificates/",
     "backup/action create/action delete import/action purge/action read recover/action restore/action "
     "update/action"},
    {"Microsoft.KeyVault/vaults/certificatecas/", "delete read write"},
    {"Microsoft.KeyVault/vaults/certificatecontacts/", "write"},
    {"Microsoft.KeyVault/vaults/keyrotationpolicies/", "read write"},
    {"Microsoft.KeyVault/vaults/storageaccounts/",
     "backup/action delete purge/action read recover/action regeneratekey/action restore/action sas/delete "
     "sas/read "
     "sas/set/action set/action"},
    {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/",
     "add/action delete deleteBlobVersion/action filter/action immutableStorage/runAsSuperUser/action "
     "manageOwnership/action modifyPermissions/action move/action permanentDelete/action read "
     "runAsSuperUser/action "
     "tags/read tags/write write"},
    {"Microsoft.Storage/storageAccounts/queueServices/queues/messages/",
     "add/action delete process/action read write"},
    {"Microsoft.Storage/storageAccounts/tableServices/tables/entities/",
     "add/action delete read update/action write"},
    {"Microsoft.Storage/storageAccounts/fileServices/fileshares/files/",
     "actassuperuser/action delete modifypermissions/action read write"},
    {"Microsoft.Storage/storageAccounts/fileServices/",
     "readFileBackupSemantics/action takeOwnership/action writeFileBackupSemantics/action"},
    {"Microsoft.Compute/virtualMachines/", "login/action loginAsAdmin/action WACloginAsAdmin/action"},
    {"Microsoft.AppConfiguration/configurationStores/",
     "keyValues/action keyValues/delete keyValues/read keyValues/write"},
    {"Microsoft.EventHub/namespaces/", "messages/receive/action messages/send/action"},
    {"Microsoft.ServiceBus/namespaces/", "messages/receive/action messages/send/action"},
    {"Microsoft.Compute/disks/", "download/action upload/action"},
    {"Microsoft.Compute/snapshots/", "download/action upload/action"},
};

// Providers whose data actions are all in the table above: nothing further to look up for them.
constexpr std::string_view known_providers[] = {"Microsoft.KeyVault/vaults/", "Microsoft.Storage/",
                                                "Microsoft.Compute/",         "Microsoft.Authorization/",
                                                "Microsoft.Resources/",       "Microsoft.ManagedIdentity/",
                                                "Microsoft.Network/"};

bool has_word(std::string_view words, std::string_view word) {
    while (!words.empty()) {
        const size_t blank = words.find(' ');
        if (iequals(words.substr(0, blank), word)) return true;
        if (blank == std::string_view::npos) break;
        words.remove_prefix(blank + 1);
    }
    return false;
}

bool named_by_a_built_in_role(std::string_view action) {
    bool as_data = false;
    for (const RoleDefinition& role : builtin_roles()) {
        for (const Permission& permission : role.permissions) {
            const auto same = [&](const std::string& text) { return iequals(text, action); };
            if (std::any_of(permission.actions.begin(), permission.actions.end(), same)) return false;
            as_data =
                as_data || std::any_of(permission.data_actions.begin(), permission.data_actions.end(), same);
        }
    }
    return as_data;
}

// Runs the pattern from its first '*' on over the rest of the action, keeping every position of the pattern
// that may be reached: never backtracks.
bool runs_through(std::string_view pattern, size_t from, std::string_view action) {
    const size_t end = pattern.size();
    std::vector<char> here(end + 1, 0);
    std::vector<char> next(end + 1, 0);
    const auto follow_stars = [&](std::vector<char>& states) {
        for (size_t at = from; at < end; ++at) {
            if (!states[at] || pattern[at] != '*') continue;
            states[at + 1] = 1;
            const bool between_slashes =
                at > 0 && pattern[at - 1] == '/' && at + 1 < end && pattern[at + 1] == '/';
            if (between_slashes) states[at + 2] = 1;
        }
    };
    here[from] = 1;
    follow_stars(here);
    for (const char c : action.substr(from)) {
        std::fill(next.begin(), next.end(), 0);
        for (size_t at = from; at < end; ++at) {
            if (!here[at]) continue;
            if (pattern[at] == '*') {
                next[at] = 1;
            } else if (fold(pattern[at]) == fold(c)) {
                next[at + 1] = 1;
            }
        }
        follow_stars(next);
        here.swap(next);
    }
    return here[end] != 0;
}

}  // namespace

bool action_matches(std::string_view pattern, std::string_view action) {
    const size_t star = pattern.find('*');
    if (star == std::string_view::npos) return iequals(pattern, action);
    if (!istarts_with(action, pattern.substr(0, star))) return false;
    if (star + 1 == pattern.size()) return true;
    const std::string_view tail = pattern.substr(pattern.rfind('*') + 1);
    if (action.size() < tail.size() || !iequals(action.substr(action.size() - tail.size()), tail))
        return false;
    return runs_through(pattern, star, action);
}

const std::string* matching_pattern(const std::vector<std::string>& patterns, std::string_view action) {
    for (const std::string& pattern : patterns)
        if (action_matches(pattern, action)) return &pattern;
    return nullptr;
}

bool is_data_action(std::string_view action) {
    for (const DataActions& known : data_actions)
        if (istarts_with(action, known.type) && has_word(known.operations, action.substr(known.type.size())))
            return true;
    for (const std::string_view provider : known_providers)
        if (istarts_with(action, provider)) return false;
    return named_by_a_built_in_role(action);
}

}  // namespace azid::rbac
