#include "cli/draw/map_plan.hpp"

#include "core/base/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace azid::draw {

namespace {

constexpr std::array kinds = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"User", "user"},
     {"Group", "group"},
     {"Application", "application"},
     {"SystemAssigned", "system-assigned identity"},
     {"UserAssigned", "user-assigned identity"},
     {"Unknown", "nobody any more"},
     {"Root", "tenant root"},
     {"ManagementGroup", "management group"},
     {"Subscription", "subscription"},
     {"ResourceGroup", "resource group"},
     {"virtualMachines", "virtual machine"},
     {"virtualMachineScaleSets", "scale set"},
     {"sites", "app"},
     {"vaults", "key vault"},
     {"storageAccounts", "storage account"},
     {"userAssignedIdentities", "user-assigned identity"}});

std::string kind_name(const std::string& kind) {
    for (const auto& [known, name] : kinds)
        if (known == kind) return std::string(name);
    return kind;
}

// Scopes as a tree, written down from its roots.
class Builder {
  public:
    explicit Builder(const Json& map) : map_(map) {}

    Plan plan() {
        add_scopes("", 0);
        add_roles();
        add_principals();
        add_hosts();
        return std::move(plan_);
    }

  private:
    void add_scopes(const std::string& parent, std::size_t depth) {
        std::vector<const Json*> children;
        for (const Json& scope : map_["scopes"])
            if (lower(text_at(scope, "parent")) == lower(parent)) children.push_back(&scope);
        std::stable_sort(children.begin(), children.end(), [](const Json* left, const Json* right) {
            return lower(text_at(*left, "name")) < lower(text_at(*right, "name"));
        });
        for (const Json* scope : children) {
            const std::string type = text_at(*scope, "type");
            const std::string id = text_at(*scope, "id");
            place_[lower(id)] = plan_.scopes.size();
            plan_.scopes.push_back({id,
                                    text_at(*scope, "name"),
                                    kind_name(type.empty() ? text_at(*scope, "kind") : type),
                                    depth,
                                    {}});
            add_scopes(id, depth + 1);
        }
    }

    void add_roles() {
        std::map<std::pair<std::size_t, std::string>, std::size_t> known;
        for (const Json& assignment : map_["assignments"]) {
            const std::size_t scope = place_[lower(text_at(assignment, "scope"))];
            const std::pair<std::size_t, std::string> key{scope, text_at(assignment, "role")};
            known.emplace(key, 0);
            given_[text_at(assignment, "principalId")].insert(key);
        }
        for (auto& [key, at] : known) {
            at = plan_.roles.size();
            plan_.scopes[key.first].roles.push_back(at);
            plan_.roles.push_back({key.second, key.first});
        }
        for (const auto& [principal, keys] : given_)
            for (const auto& key : keys) roles_[principal].insert(known[key]);
    }

    // Own identities of machines of one kind, with the same roles, are one where there are many.
    std::string group_of(const Json& principal) {
        const std::string id = text_at(principal, "id");
        if (text_at(principal, "kind") != "SystemAssigned") return id;
        std::string key = "system";
        for (const std::size_t role : roles_[id]) key += fmt::format("/{}", role);
        const std::string resource = text_at(principal, "resourceId");
        const std::size_t slash = resource.rfind('/');
        key += "|" + lower(resource.substr(resource.rfind('/', slash - 1) + 1, 8));
        return key;
    }

    static std::string name_of(const std::vector<std::string>& names) {
        if (names.size() == 1) return names.front();
        return fmt::format("{}, {} and {} more", names[0], names[1], names.size() - 2);
    }

    void add_principals() {
        std::map<std::string, std::vector<const Json*>> grouped;
        for (const Json& principal : map_["principals"]) grouped[group_of(principal)].push_back(&principal);
        std::vector<std::vector<const Json*>> all;
        for (auto& [key, members] : grouped) {
            if (members.size() > 3)
                all.push_back(members);
            else
                for (const Json* one : members) all.push_back({one});
        }
        const auto rank = [&](const std::vector<const Json*>& members) {
            const std::set<std::size_t>& roles = roles_[text_at(*members.front(), "id")];
            double sum = 0;
            for (const std::size_t role : roles) sum += static_cast<double>(role);
            const double mean = roles.empty() ? 1e9 : sum / static_cast<double>(roles.size());
            return std::pair{mean, lower(text_at(*members.front(), "name"))};
        };
        std::stable_sort(all.begin(), all.end(),
                         [&](const auto& left, const auto& right) { return rank(left) < rank(right); });
        for (std::vector<const Json*>& members : all) {
            if (plan_.principals.size() < most_principals)
                add_principal(members);
            else
                plan_.left_out += members.size();
        }
    }

    void add_principal(std::vector<const Json*>& members) {
        std::sort(members.begin(), members.end(), [](const Json* left, const Json* right) {
            return lower(text_at(*left, "name")) < lower(text_at(*right, "name"));
        });
        std::vector<std::string> names;
        std::string whole;
        for (const Json* one : members) {
            names.push_back(text_at(*one, "name"));
            whole += fmt::format("{}{} ({})", whole.empty() ? "" : "; ", text_at(*one, "name"),
                                 text_at(*one, "id"));
            at_[text_at(*one, "id")] = plan_.principals.size();
        }
        const Json& first = *members.front();
        std::string about = kind_name(text_at(first, "kind"));
        if (members.size() > 1) about = fmt::format("{} system-assigned identities", members.size());
        const std::set<std::size_t>& roles = roles_[text_at(first, "id")];
        if (roles.empty()) about += ", without a role";
        plan_.principals.push_back({name_of(names), about, whole, {roles.begin(), roles.end()}});
    }

    void add_hosts() {
        std::map<std::string, std::vector<const Json*>> grouped;
        for (const Json& host : map_["hosts"]) {
            std::string key;
            bool grouping = false;
            for (const Json& id : host["identities"]) {
                const auto at = at_.find(id.get<std::string>());
                if (at == at_.end()) continue;
                key += fmt::format("/{:06}", at->second);
                grouping =
                    grouping || plan_.principals[at->second].about.find(" identities") != std::string::npos;
            }
            if (key.empty()) continue;
            if (!grouping) key += "|" + text_at(host, "id");
            grouped[key].push_back(&host);
        }
        for (auto& [key, members] : grouped) {
            std::vector<std::string> names;
            std::string whole;
            for (const Json* one : members) {
                names.push_back(text_at(*one, "name"));
                whole += (whole.empty() ? "" : "; ") + text_at(*one, "id");
            }
            std::sort(names.begin(), names.end());
            std::string about = kind_name(text_at(*members.front(), "type"));
            if (members.size() > 1) about = fmt::format("{} {}s", members.size(), about);
            std::vector<std::size_t> to;
            for (const Json& id : (*members.front())["identities"])
                if (const auto at = at_.find(id.get<std::string>()); at != at_.end())
                    to.push_back(at->second);
            const std::string name = names.size() == 2 ? names[0] + ", " + names[1] : name_of(names);
            plan_.hosts.push_back({name, about, whole, std::move(to)});
        }
    }

    const Json& map_;
    Plan plan_;
    std::map<std::string, std::size_t> place_;  // of scopes
    std::map<std::string, std::set<std::pair<std::size_t, std::string>>> given_;
    std::map<std::string, std::set<std::size_t>> roles_;  // by principal
    std::map<std::string, std::size_t> at_;               // of principals
};

}  // namespace

Plan plan_of(const Json& map) { return Builder(map).plan(); }

}  // namespace azid::draw
