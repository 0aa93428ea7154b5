#include "core/entra/service_principals.hpp"

#include "core/arm/resource_id.hpp"
#include "core/arm/resources.hpp"
#include "core/base/base64.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/crypto/key.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"

#include <fmt/format.h>

namespace azid::entra {

namespace {

// "/subscriptions/S/resourcegroups/G/...": the directory writes this one segment in lower case.
std::string directory_spelling(std::string_view resource_id) {
    const std::optional<arm::ResourceId> id = arm::ResourceId::parse(resource_id);
    std::string text = id ? id->text() : std::string(resource_id);
    return replace_all(std::move(text), "/resourceGroups/", "/resourcegroups/");
}

// "https://identity.azure.net/<32 bytes>": a function of the resource id, the same when the resource is made
// again. Azure's own function is not known.
std::string identity_uri(std::string_view resource_id) {
    return "https://identity.azure.net/" + base64(crypto::sha256(lower(resource_id)));
}

}  // namespace

ServicePrincipal create_managed_identity_principal(Session& session, std::string_view resource_id,
                                                   std::string_view display_name, bool user_assigned) {
    ServicePrincipal principal;
    principal.id = new_guid(session.random);
    principal.tenant_id = arm::tenant_of(session, arm::subscription_of(resource_id));
    principal.app_id = new_guid(session.random);
    principal.display_name = display_name;
    principal.type = "ManagedIdentity";
    principal.resource_id = directory_spelling(resource_id);
    principal.user_assigned = user_assigned;
    principal.names = {principal.app_id, identity_uri(principal.resource_id)};
    principal.created = session.now;
    session.entra.save(principal);
    session.note(
        "entra", "service principal created", principal.id,
        fmt::format(R"({{"clientId":"{}","resourceId":"{}"}})", principal.app_id, principal.resource_id));
    return principal;
}

void remove_principal(Session& session, std::string_view object_id) {
    if (!session.entra.find_service_principal(object_id)) return;
    session.entra.erase_service_principal(object_id);
    session.note("entra", "service principal removed", std::string(object_id));
}

void delete_service_principal(Session& session, std::string_view object_id) {
    require_right(session, Right::manage_applications);
    const std::optional<ServicePrincipal> principal = session.entra.find_service_principal(object_id);
    if (!principal || !iequals(principal->tenant_id, session.caller.tenant_id))
        throw missing_object_of_change(object_id);
    if (principal->type == "ManagedIdentity")
        throw Error(
            fault::graph_bad_request,
            fmt::format(
                "The service principal of a managed identity cannot be deleted here: it goes with its "
                "resource '{}'.",
                principal->resource_id));
    remove_principal(session, principal->id);
}

}  // namespace azid::entra
