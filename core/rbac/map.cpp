#include "core/rbac/map.hpp"

#include "core/arm/ports.hpp"
#include "core/base/text.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/ports.hpp"
#include "core/rbac/scope.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace azid::rbac {

namespace {

constexpr std::string_view management_groups = "/providers/Microsoft.Management/managementGroups/";

bool is_below(std::string_view scope, std::string_view above) {
    const std::string_view root = trimmed_scope(above);
    if (root.empty() || root == "/") return true;
    return istarts_with(scope, root) && (scope.size() == root.size() || scope[root.size()] == '/');
}

// What is selected: all, or what bears on one scope.
class Selection {
  public:
    Selection(Session& session, std::string_view scope) : scope_(scope) {
        if (!scope.empty()) chain_ = chain_of(session, scope);
    }
    bool takes(std::string_view scope) const {
        if (scope_.empty() || is_below(scope, scope_)) return true;
        return std::any_of(chain_.begin(), chain_.end(),
                           [&](const std::string& one) { return same_scope(one, scope); });
    }
    bool takes_host(std::string_view id) const { return scope_.empty() || is_below(id, scope_); }

  private:
    std::string scope_;
    std::vector<std::string> chain_;
};

struct Host {
    const arm::Resource* resource;
    std::vector<std::string> principals;
};

std::string kind_of(const arm::ResourceId& id) {
    const std::string type = id.type();
    return type.substr(type.find('/') + 1);
}

std::string last_piece(std::string_view id) {
    const std::size_t slash = id.rfind('/');
    return std::string(slash == std::string_view::npos ? id : id.substr(slash + 1));
}

class Map {
  public:
    Map(Session& session, std::string_view scope) : session_(session), selection_(session, scope) {}

    Json drawn() {
        add_hosts();
        add_identities();
        for (const RoleAssignment& assignment : session_.rbac.role_assignments())
            if (selection_.takes(assignment.scope)) add(assignment);
        Json principals = Json::array();
        for (auto& [id, principal] : principals_) principals.push_back(principal);
        Json scopes = Json::array();
        for (auto& [id, scope] : scopes_) scopes.push_back(scope);
        return {
            {"hosts", hosts_}, {"principals", principals}, {"scopes", scopes}, {"assignments", assignments_}};
    }

  private:
    void add_hosts() {
        for (const arm::Subscription& subscription : session_.arm.subscriptions())
            for (const arm::Resource& resource : session_.arm.resources(subscription.id, "", "")) {
                if (resource.identity.empty() || !selection_.takes_host(resource.id.text())) continue;
                Json identities = Json::array();
                if (resource.identity.has_system())
                    identities.push_back(resource.identity.system_principal_id);
                for (const arm::AssignedIdentity& assigned : resource.identity.user_assigned)
                    identities.push_back(assigned.principal_id);
                for (const Json& id : identities)
                    used_by_[id.get<std::string>()].push_back(resource.id.name());
                hosts_.push_back({{"id", resource.id.text()},
                                  {"name", resource.id.name()},
                                  {"type", kind_of(resource.id)},
                                  {"identities", identities}});
            }
    }

    // A managed identity is there even without a role.
    void add_identities() {
        for (const entra::Tenant& tenant : session_.entra.tenants())
            for (const entra::ServicePrincipal& one : session_.entra.service_principals(tenant.id))
                if (one.type == "ManagedIdentity" &&
                    (used_by_.contains(one.id) || selection_.takes_host(one.resource_id)))
                    principal(one.id);
    }

    Json& principal(const std::string& id) {
        const auto known = principals_.find(id);
        if (known != principals_.end()) return known->second;
        const std::optional<entra::Principal> found = session_.entra.find_principal(id);
        const std::optional<entra::ServicePrincipal> service = session_.entra.find_service_principal(id);
        std::string kind = "Unknown";
        if (service)
            kind = service->type != "ManagedIdentity" ? "Application"
                   : service->user_assigned           ? "UserAssigned"
                                                      : "SystemAssigned";
        else if (found)
            kind = found->type == entra::PrincipalType::user ? "User" : "Group";
        const std::string name = !found                        ? id
                                 : found->display_name.empty() ? found->name
                                                               : found->display_name;
        const std::string resource = service ? service->resource_id : std::string();
        const auto used = used_by_.find(id);
        return principals_[id] = {{"id", id},
                                  {"name", name},
                                  {"kind", kind},
                                  {"resourceId", resource.empty() ? Json(nullptr) : Json(resource)},
                                  {"usedBy", used == used_by_.end() ? Json::array() : Json(used->second)}};
    }

    void add(const RoleAssignment& assignment) {
        const Json& who = principal(lower(assignment.principal_id));
        const std::optional<RoleDefinition> role =
            session_.rbac.find_role_definition(assignment.role_definition_id);
        const std::string scope = add_scope(assignment.scope);
        assignments_.push_back(
            {{"id", assignment.name},
             {"principalId", who["id"]},
             {"principalName", who["name"]},
             {"principalKind", who["kind"]},
             {"usedBy", who["usedBy"]},
             {"role", role ? role->role_name : assignment.role_definition_id},
             {"scope", scope},
             {"condition", assignment.condition.empty() ? Json(nullptr) : Json(assignment.condition)}});
    }

    // The scope and those above it that are to be seen: its id as it is first spelled.
    std::string add_scope(std::string_view given) {
        const std::string id(trimmed_scope(given).empty() ? "/" : trimmed_scope(given));
        const std::string key = lower(id);
        if (const auto known = scopes_.find(key); known != scopes_.end()) return text_at(known->second, "id");
        Json scope{{"id", id}, {"name", last_piece(id)}, {"kind", "Resource"}, {"parent", nullptr}};
        const std::vector<std::string> chain = chain_of(session_, id);
        if (id == "/") {
            scope["kind"] = "Root";
            scope["name"] = "Root";
        } else if (istarts_with(id, management_groups)) {
            scope["kind"] = "ManagementGroup";
        } else if (const auto resource = arm::ResourceId::parse(id); resource && !resource->type().empty()) {
            scope["type"] = kind_of(*resource);
        } else if (key.find("/resourcegroups/") != std::string::npos) {
            scope["kind"] = "ResourceGroup";
        } else {
            const std::optional<arm::Subscription> found = session_.arm.find_subscription(last_piece(id));
            scope["kind"] = "Subscription";
            if (found) scope["name"] = found->name;
        }
        scopes_[key] = scope;
        if (chain.size() > 1 && chain[1] != "/") scopes_[key]["parent"] = add_scope(chain[1]);
        return id;
    }

    Session& session_;
    Selection selection_;
    std::map<std::string, std::vector<std::string>> used_by_;  // names of hosts, by principal
    std::map<std::string, Json> principals_;
    std::map<std::string, Json> scopes_;
    Json hosts_ = Json::array();
    Json assignments_ = Json::array();
};

}  // namespace

Json access_map(Session& session, std::string_view scope) { return Map(session, scope).drawn(); }

}  // namespace azid::rbac
