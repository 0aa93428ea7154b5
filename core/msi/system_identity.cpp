#include "core/msi/system_identity.hpp"

#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace azid::msi {

Json get_system_identity(Session& session, std::string_view scope) {
    const std::string id = fmt::format("{}/providers/Microsoft.ManagedIdentity/identities/default", scope);
    rbac::authorise(session, "Microsoft.ManagedIdentity/identities/read", id);
    const std::optional<arm::ResourceId> host_id = arm::ResourceId::parse(scope);
    if (!host_id)
        throw Error(fault::resource_not_found, fmt::format("The resource '{}' was not found.", scope));
    const arm::Resource host = arm::require_resource(session, *host_id);
    const std::optional<entra::ServicePrincipal> principal =
        host.identity.has_system() ? session.entra.find_service_principal(host.identity.system_principal_id)
                                   : std::nullopt;
    if (!principal)
        throw Error(fault::resource_not_found,
                    fmt::format("The resource '{}' has no system-assigned identity.", host.id.text()));
    const std::string secret_url =
        fmt::format("https://control-{}.identity.azure.net{}/credentials?tid={}&oid={}&aid={}", host.location,
                    host.id.text(), principal->tenant_id, principal->id, principal->app_id);
    return {{"id", id},
            {"name", "default"},
            {"type", "Microsoft.ManagedIdentity/identities"},
            {"location", host.location},
            {"tags", host.tags.empty() ? Json::object() : Json::parse(host.tags)},
            {"properties",
             {{"tenantId", principal->tenant_id},
              {"principalId", principal->id},
              {"clientId", principal->app_id},
              {"clientSecretUrl", secret_url}}}};
}

}  // namespace azid::msi
