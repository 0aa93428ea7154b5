#include "cli/draw/words.hpp"

#include "core/base/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace azid::draw {

namespace {

constexpr std::array systems = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"client", "You"},
    {"code", "Code with an identity"},
    {"arm", "Azure Resource Manager"},
    {"msi", "Managed identity provider"},
    {"imds", "Metadata service (IMDS)"},
    {"entra", "Microsoft Entra ID"},
    {"graph", "Microsoft Graph"},
    {"rbac", "Azure RBAC"},
    {"keyvault", "Key Vault"},
    {"storage", "Storage"},
});

struct Words {
    std::string_view system;
    std::string_view what;  // a star at the end: any that begins so
    std::string_view text;  // {subject}, or {member} of the details
};
constexpr std::array table = std::to_array<Words>({
    {"arm", "virtual machine requested", "Create or change virtual machine {subject}"},
    {"arm", "app requested", "Create or change app {subject}"},
    {"arm", "identity change requested", "Identity wanted on {subject}: {type}"},
    {"arm", "identity requested", "Create user-assigned identity {subject}"},
    {"arm", "request refused", "Refused: {reason}"},
    {"graph", "request refused", "Refused: the caller has no directory right to do this"},
    {"entra", "service principal created", "Create service principal for {subject}"},
    {"entra", "service principal removed", "Remove service principal {subject}"},
    {"msi", "user-assigned identity created", "Identity {subject} is there"},
    {"msi", "user-assigned identity assigned", "Assign {identity} to {subject}"},
    {"msi", "user-assigned identity taken off", "Take {identity} off {subject}"},
    {"msi", "certificate made", "Certificate {thumbprint}: its key is made at first use"},
    {"msi", "certificate rolled", "A new certificate takes the place of the older one"},
    {"imds", "IMDS configured", "Identities of {subject}: client ids and certificates"},
    {"imds", "token requested", "GET /metadata/identity/oauth2/token for {resource}"},
    {"imds", "held token answered", "The token held since before, valid until {expires}"},
    {"imds", "token answered", "Access token for {resource}, valid until {expires}"},
    {"imds", "token refused", "No token: {reason}"},
    {"imds", "client assertion signed", "Client id and assertion, signed with the certificate's key"},
    {"entra", "client assertion verified", "Signature, times and certificate {thumbprint} are good"},
    {"entra", "signing key made", "The tenant's signing key is made at first use"},
    {"entra", "access token issued", "Access token (JWT) for {audience}, valid until {expires}"},
    {"entra", "token refused", "No token: {reason}"},
    {"rbac", "role assignment created", "Assign role {roleDefinitionId} to {principalId} on {scope}"},
    {"rbac", "role assignment updated", "Change the assignment of {roleDefinitionId} to {principalId}"},
    {"rbac", "role assignment deleted", "Take role {roleDefinitionId} from {principalId}"},
    {"rbac", "data action allowed", "May {principal} do {action}? Yes, by {role}"},
    {"rbac", "action allowed", "May {principal} do {action}? Yes, by {role}"},
    {"rbac", "data action refused", "May {principal} do {action}? No: {reason}"},
    {"rbac", "action refused", "May {principal} do {action}? No: {reason}"},
    {"keyvault", "access policy allows", "An access policy gives {principal} {permission}"},
    {"keyvault", "access policy refuses", "No access policy gives {principal} {permission}"},
});

bool is_like(std::string_view what, std::string_view pattern) {
    if (!pattern.ends_with('*')) return what == pattern;
    return what.starts_with(pattern.substr(0, pattern.size() - 1));
}

std::string last_piece(std::string_view id) {
    while (id.ends_with('/')) id.remove_suffix(1);
    const std::size_t slash = id.rfind('/');
    return std::string(slash == std::string_view::npos ? id : id.substr(slash + 1));
}

// "Microsoft.KeyVault/vaults/secrets/getSecret/action" as "secrets/getSecret".
std::string short_action(const std::string& action) {
    std::vector<std::string> words = split(action, '/');
    if (words.size() > 2 && words.back() == "action") words.pop_back();
    if (words.size() <= 2) return action;
    return words[words.size() - 2] + "/" + words.back();
}

bool is_id(std::string_view value) { return value.starts_with('/'); }

std::string shown(const Json& step, std::string_view member, const std::string& value, bool whole) {
    if (whole) return value;
    const Json* const names = step.contains("names") ? &step["names"] : nullptr;
    if (names != nullptr && names->is_object() && names->contains(value)) return text_at(*names, value);
    if (member == "action") return short_action(value);
    if (member == "thumbprint" && value.size() > 8) return value.substr(0, 8) + "…";
    if (is_id(value)) return last_piece(value);
    return value;
}

std::string value_of(const Json& step, std::string_view member, bool whole) {
    const Json details = step.value("details", Json());
    const std::string value = member == "subject" ? text_at(step, "subject") : text_at(details, member);
    if (value.empty()) return member == "principal" ? "nobody" : "?";
    return shown(step, member, value, whole);
}

std::string filled(std::string_view words, const Json& step, bool whole) {
    std::string text;
    while (!words.empty()) {
        const std::size_t open = std::min(words.find('{'), words.size());
        text += words.substr(0, open);
        words.remove_prefix(open);
        if (words.empty()) break;
        const std::size_t close = words.find('}');
        text += value_of(step, words.substr(1, close - 1), whole);
        words.remove_prefix(close + 1);
    }
    return text;
}

}  // namespace

std::string system_name(std::string_view id) {
    for (const auto& [known, name] : systems)
        if (known == id) return std::string(name);
    return std::string(id);
}

std::string message_text(const Json& step, bool whole_ids) {
    const std::string system = text_at(step, "system");
    const std::string what = text_at(step, "what");
    for (const Words& words : table)
        if (words.system == system && is_like(what, words.what)) return filled(words.text, step, whole_ids);
    if (what == "access token accepted")
        return "Request with the access token: signature, audience and time are good";
    if (what == "access token refused")
        return filled("Request with a token that is no good: {reason}", step, true);
    if (what == "request answered") return "The answer";
    if (what == "request refused") return filled("Refused: {reason}", step, true);
    std::string text = what;
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    const std::string subject = text_at(step, "subject");
    if (subject.empty()) return text;
    return text + ": " + shown(step, "subject", subject, whole_ids);
}

}  // namespace azid::draw
