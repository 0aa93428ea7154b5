#include "core/events/route.hpp"

#include "core/base/short_text.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <array>

namespace azid::events {

namespace {

// "caller" stands for whoever asks: a client, or code in a virtual machine or app.
constexpr std::string_view caller = "caller";

struct Way {
    ShortText<16> system;
    ShortText<40> what;  // a star at the end: any that begins so
    ShortText<16> from;
    ShortText<16> to;
};
constexpr std::array ways = std::to_array<Way>({
    {"arm", "virtual machine requested", caller, "arm"},
    {"arm", "app requested", caller, "arm"},
    {"arm", "identity change requested", caller, "arm"},
    {"arm", "identity requested", caller, "arm"},
    {"arm", "access token *", caller, "arm"},
    {"arm", "*", caller, "arm"},
    {"compute", "*", "arm", "compute"},
    {"web", "*", "arm", "web"},
    {"msi", "certificate made", "msi", "imds"},
    {"msi", "certificate rolled", "msi", "imds"},
    {"msi", "*", "arm", "msi"},
    {"imds", "IMDS configured", "msi", "imds"},
    {"imds", "token requested", "code", "imds"},
    {"imds", "client assertion signed", "imds", "entra"},
    {"imds", "*", "imds", "code"},
    {"entra", "service principal created", "arm", "entra"},
    {"entra", "service principal removed", "arm", "entra"},
    {"entra", "client assertion verified", "entra", "entra"},
    {"entra", "signing key made", "entra", "entra"},
    {"entra", "access token issued", "entra", "imds"},
    {"entra", "*", caller, "entra"},
    {"rbac", "role *", "arm", "rbac"},
    {"rbac", "deny *", "arm", "rbac"},
    {"keyvault", "access policy *", "keyvault", "keyvault"},
    {"keyvault", "vault *", "arm", "keyvault"},
    {"keyvault", "*", caller, "keyvault"},
    {"storage", "account *", "arm", "storage"},
    {"storage", "*", caller, "storage"},
    {"graph", "*", caller, "graph"},
});

bool is_like(std::string_view what, std::string_view pattern) {
    if (!pattern.ends_with('*')) return what == pattern;
    return what.starts_with(pattern.substr(0, pattern.size() - 1));
}

// The documents' steps, told in our own words.
constexpr std::array gists = std::to_array<std::string_view>(
    {"", "Resource Manager is asked for the identity", "a service principal is made in Entra ID",
     "the metadata service is given client id and certificate", "the identity is given access by a role",
     "code in the machine asks the metadata service for a token",
     "Entra ID takes the certificate as proof and gives a token", "the code calls a service with the token"});

struct Numbered {
    std::string_view system;
    std::string_view what;
    int number;
    std::string_view flow;
};
constexpr std::array numbered = std::to_array<Numbered>({
    {"arm", "identity requested", 1, "user-assigned"},
    {"msi", "user-assigned identity created", 1, "user-assigned"},
    {"msi", "user-assigned identity assigned", 3, "user-assigned"},
    {"imds", "IMDS configured", 3, ""},
    {"msi", "certificate made", 3, ""},
    {"msi", "certificate rolled", 3, ""},
    {"rbac", "role assignment created", 4, ""},
    {"rbac", "role assignment updated", 4, ""},
    {"imds", "token requested", 5, ""},
    {"imds", "held token answered", 5, ""},
    {"imds", "client assertion signed", 6, ""},
    {"imds", "token answered", 6, ""},
});

// Who asks for a decision: data actions concern the service that holds the data.
std::string_view asker_of(const Event& event) {
    if (!event.what.starts_with("data action")) return "arm";
    const std::string scope = lower(event.subject);
    return scope.find("/microsoft.keyvault/") != std::string::npos  ? "keyvault"
           : scope.find("/microsoft.storage/") != std::string::npos ? "storage"
                                                                    : "arm";
}

bool has(const std::vector<Event>& run, std::string_view system, std::string_view what) {
    return std::any_of(run.begin(), run.end(),
                       [&](const Event& one) { return one.system == system && is_like(one.what, what); });
}

bool is_from_code(const std::vector<Event>& run) {
    return std::any_of(run.begin(), run.end(), [](const Event& one) {
        return one.sender == "code" && one.what.starts_with("access token ");
    });
}

DocumentStep step(int number, std::string_view flow = {}) {
    return {number, flow, gists.at(static_cast<std::size_t>(number))};
}

}  // namespace

Route route_of(const Event& event, bool caller_is_code) {
    const auto named = [&](std::string_view name) {
        return std::string(name != caller ? name : caller_is_code ? "code" : "client");
    };
    if (event.system == "rbac" && event.what.find("action ") != std::string::npos)
        return {std::string(asker_of(event)), "rbac"};
    for (const Way& way : ways)
        if (way.system == event.system && is_like(event.what, way.what))
            return {named(way.from), named(way.to)};
    return {event.system, event.system};
}

DocumentStep document_step(const Event& event, const std::vector<Event>& run) {
    for (const Numbered& one : numbered)
        if (one.system == event.system && one.what == event.what) return step(one.number, one.flow);
    if (event.system == "arm" && event.what == "identity change requested") {
        const bool is_new = has(run, "entra", "service principal created");
        if (is_new && event.details.find("SystemAssigned") != std::string::npos)
            return step(1, "system-assigned");
        if (event.details.find("UserAssigned") != std::string::npos) return step(3, "user-assigned");
        return {};
    }
    if (event.system == "entra" && event.what == "service principal created" &&
        event.details.find("\"resourceId\"") != std::string::npos)
        return step(2, event.details.find("/userAssignedIdentities/") != std::string::npos ||
                               event.details.find("/userassignedidentities/") != std::string::npos
                           ? "user-assigned"
                           : "system-assigned");
    if (event.system == "entra" && has(run, "imds", "client assertion signed")) return step(6);
    if (is_from_code(run) && event.system != "entra" && event.system != "imds") return step(7);
    return {};
}

}  // namespace azid::events
