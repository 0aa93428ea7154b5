// "az ad sp".
#include "cli/commands/ad.hpp"
#include "cli/commands/ad_filter.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/service_principals.hpp"
#include "core/entra/wire.hpp"
#include "core/msi/certificates.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::commands {

namespace {

constexpr size_t short_list = 100;

// az looks the identifier up among servicePrincipalNames first; only a GUID may be an object id.
std::string object_id_of(Session& session, const std::string& identifier) {
    for (const entra::ServicePrincipal& principal : entra::service_principals(session))
        for (const std::string& name : principal.names)
            if (iequals(name, identifier)) return principal.id;
    if (is_guid(identifier)) return identifier;
    throw Error(fault::client_not_found, fmt::format("Service principal '{}' doesn't exist", identifier));
}

}  // namespace

Json ad_sp_show(app::Context& context) {
    Session& session = context.session();
    const entra::ServicePrincipal principal =
        entra::service_principal(session, object_id_of(session, context.args.text("identifier")));
    if (!principal.resource_id.empty()) msi::ensure_certificate(session, principal);
    return entra::entity("servicePrincipals", entra::wire(session, principal));
}

Json ad_sp_list(app::Context& context) {
    const app::Args& args = context.args;
    std::vector<std::string> terms;
    if (args.given("query_filter")) terms.push_back(args.text("query_filter"));
    if (args.given("spn"))
        terms.push_back(filter_term("servicePrincipalNames/any(c:c eq '", args.text("spn"), "')"));
    if (args.given("display_name"))
        terms.push_back(filter_term("startswith(displayName,'", args.text("display_name"), "')"));
    std::vector<Json> all;
    for (const entra::ServicePrincipal& principal : entra::service_principals(context.session()))
        all.push_back(entra::wire(context.session(), principal));
    Json found = passing(all, terms);
    if (!terms.empty() || args.flag("include_all") || found.size() <= short_list) return found;
    context.messages.warn(
        "The result is not complete. You can still use '--all' to get all of them with long latency "
        "expected, or provide "
        "a filter through command arguments");
    found.erase(found.begin() + short_list, found.end());
    return found;
}

Json ad_sp_delete(app::Context& context) {
    Session& session = context.session();
    entra::delete_service_principal(session, object_id_of(session, context.args.text("identifier")));
    return nullptr;
}

}  // namespace azid::commands
