#include "core/arm/export.hpp"

#include "core/arm/model.hpp"
#include "core/arm/ports.hpp"
#include "core/arm/registry.hpp"
#include "core/arm/resources.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace azid::arm {

namespace {

// Which version of its interface a provider's resources are written in.
constexpr std::pair<std::string_view, std::string_view> versions[] = {
    {"Microsoft.Compute/disks", "2024-03-02"}, {"Microsoft.Compute", "2024-11-01"},
    {"Microsoft.Network", "2024-05-01"},       {"Microsoft.ManagedIdentity", "2023-01-31"},
    {"Microsoft.KeyVault", "2023-07-01"},      {"Microsoft.Storage", "2023-05-01"},
    {"Microsoft.Web", "2023-12-01"},
};

// What Azure fills in by itself.
constexpr std::string_view read_only[] = {
    "provisioningState",
    "vmId",
    "timeCreated",
    "resourceGuid",
    "uniqueId",
    "etag",
    "instanceView",
    "macAddress",
    "virtualMachine",
    "ipConfiguration",
    "diskState",
    "diskSizeBytes",
    "principalId",
    "clientId",
    "vaultUri",
    "primaryEndpoints",
    "primaryLocation",
    "statusOfPrimary",
    "creationTime",
    "keyCreationTime",
    "defaultSecurityRules",
    "networkInterfaces",
    "requireGuestProvisionSignal",
    "exactVersion",
    "internalDomainNameSuffix",
    "appliedDnsServers",
    "vnetEncryptionSupported",
    "hostedWorkloads",
};

std::string_view version_of(std::string_view type) {
    for (const auto& [prefix, version] : versions)
        if (istarts_with(type, prefix)) return version;
    return "2023-01-01";
}

// "virtualMachines_web_name".
std::string parameter_of(const ResourceId& id) {
    std::string name = id.segments().back().first;
    for (const auto& segment : id.segments()) name += "_" + segment.second;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0 && c != '_'; }, '_');
    return name + "_name";
}

class Exporter {
  public:
    Exporter(const std::string& group_scope, const ExportOptions& options)
        : below_(lower(group_scope) + "/providers/"), options_(options) {}

    Json resource(const ResourceId& id, const Json& body) {
        own_ = id.key();
        is_network_ = iequals(id.type(), "Microsoft.Network/virtualNetworks");
        Json made;
        if (options_.comments) made["comments"] = fmt::format("Generalized from resource: '{}'.", id.text());
        made["type"] = id.type();
        made["apiVersion"] = version_of(id.type());
        made["name"] = name_of(id);
        for (const char* member : {"location", "kind", "tags", "sku", "zones", "plan"})
            if (body.contains(member)) made[member] = body[member];
        if (body.contains("identity")) made["identity"] = identity(body["identity"]);
        if (body.contains("properties")) made["properties"] = rewritten(body["properties"]);
        if (!needed_.empty()) made["dependsOn"] = std::exchange(needed_, Json::array());
        return made;
    }

    const Json& parameters() const { return parameters_; }

  private:
    std::string parameter(const ResourceId& id) {
        const std::string name = parameter_of(id);
        Json& made = parameters_[name];
        if (options_.default_values) made["defaultValue"] = id.name();
        made["type"] = "String";
        return name;
    }

    // One piece of an expression for a resource's name: the parameter, or the name in quotes.
    std::string name_piece(const ResourceId& id) {
        return options_.without_parameters ? "'" + id.name() + "'"
                                           : fmt::format("parameters('{}')", parameter(id));
    }

    std::string name_of(const ResourceId& id) {
        const std::optional<ResourceId> parent = id.parent();
        if (options_.without_parameters) return parent ? parent->name() + "/" + id.name() : id.name();
        if (!parent) return fmt::format("[{}]", name_piece(id));
        return fmt::format("[concat({}, '/{}')]", name_piece(*parent), id.name());
    }

    Json identity(Json block) {
        block.erase("principalId");
        block.erase("tenantId");
        if (block.contains("userAssignedIdentities"))
            for (auto& [id, value] : block["userAssignedIdentities"].items()) value = Json::object();
        return block;
    }

    Json rewritten(const Json& value) {
        if (value.is_string()) return reference(value.get<std::string>());
        if (value.is_array()) {
            Json items = Json::array();
            for (const Json& item : value) items.push_back(rewritten(item));
            return items;
        }
        if (!value.is_object()) return value;
        Json kept = Json::object();
        const bool own_part = is_own(text_at(value, "id"));
        for (const auto& [name, member] : value.items()) {
            const bool left_out =
                std::find(std::begin(read_only), std::end(read_only), name) != std::end(read_only) ||
                (is_network_ && name == "ipConfigurations") || (own_part && (name == "id" || name == "type"));
            if (!left_out) kept[name] = rewritten(member);
        }
        return kept;
    }

    bool is_own(const std::string& id) const { return lower(id).starts_with(own_ + "/"); }

    // An id within the group as an expression, which is depended on; other texts as they are.
    std::string reference(const std::string& text) {
        if (!lower(text).starts_with(below_)) return text;
        const std::optional<ResourceId> id = ResourceId::parse(text);
        if (!id) return text;
        std::vector<std::string> names;
        ResourceId top = *id;
        for (std::optional<ResourceId> at = id; at; at = at->parent()) {
            top = *at;
            names.insert(names.begin(), at->parent() ? "'" + at->name() + "'" : name_piece(*at));
        }
        const std::string needed = fmt::format("[resourceId('{}', {})]", top.type(), names.front());
        if (!is_own(text) && std::find(needed_.begin(), needed_.end(), needed) == needed_.end())
            needed_.push_back(needed);
        return fmt::format("[resourceId('{}', {})]", id->type(), join(names, ", "));
    }

    std::string below_;
    const ExportOptions& options_;
    std::string own_;  // the key of the resource that is being written
    bool is_network_ = false;
    Json parameters_ = Json::object();
    Json needed_ = Json::array();
};

bool wanted(const ExportOptions& options, const ResourceId& id) {
    return options.resources.empty() ||
           std::any_of(options.resources.begin(), options.resources.end(),
                       [&](const std::string& text) { return iequals(text, id.text()); });
}

}  // namespace

Json export_group(Session& session, std::string_view subscription, std::string_view group,
                  const ExportOptions& options) {
    const std::string scope = group_scope(subscription, group);
    rbac::authorise(session, "Microsoft.Resources/subscriptions/resourceGroups/read", scope);
    const Group found = require_group(session, subscription, group);
    Exporter exporter(group_scope(found.subscription, found.name), options);
    Json resources = Json::array();
    for (const Resource& resource : session.arm.resources(found.subscription, found.name, "")) {
        const ResourceType* type = find_type(resource.id.type());
        if (!wanted(options, resource.id)) continue;
        const Json body = type != nullptr && type->get != nullptr ? type->get(session, resource.id)
                                                                  : get_plain(session, resource.id);
        resources.push_back(exporter.resource(resource.id, body));
    }
    return {{"$schema", "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#"},
            {"contentVersion", "1.0.0.0"},
            {"parameters", exporter.parameters()},
            {"variables", Json::object()},
            {"resources", std::move(resources)}};
}

}  // namespace azid::arm
