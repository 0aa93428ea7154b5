#include "core/arm/subscriptions.hpp"

#include "core/arm/locations.hpp"
#include "core/arm/resources.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::arm {

namespace {

void add_text(Json& object, const char* member, std::string_view text) {
    if (!text.empty()) object[member] = text;
}

Json region(const std::string& base, const Location& location) {
    return {{"id", base + std::string(location.name)},
            {"name", location.name},
            {"type", "Region"},
            {"displayName", location.display_name},
            {"regionalDisplayName", location.regional}};
}

Json zones_of(const Location& location) {
    Json zones = Json::array();
    for (int zone = 1; zone <= location.zones; ++zone)
        zones.push_back({{"logicalZone", std::to_string(zone)},
                         {"physicalZone", fmt::format("{}-az{}", location.name, zone)}});
    return zones;
}

Json physical_wire(const std::string& base, const Location& location) {
    Json metadata{{"regionType", "Physical"},
                  {"regionCategory", location.category},
                  {"geography", location.geography},
                  {"geographyGroup", location.group},
                  {"longitude", location.longitude},
                  {"latitude", location.latitude},
                  {"physicalLocation", location.physical}};
    metadata["pairedRegion"] = Json::array();
    if (!location.paired.empty())
        metadata["pairedRegion"].push_back(
            {{"name", location.paired}, {"id", base + std::string(location.paired)}});
    Json body = region(base, location);
    body["metadata"] = std::move(metadata);
    if (location.zones > 0) body["availabilityZoneMappings"] = zones_of(location);
    return body;
}

Json logical_wire(const std::string& base, const Location& location) {
    Json metadata{{"regionType", "Logical"}, {"regionCategory", location.category}};
    add_text(metadata, "geography", location.geography);
    add_text(metadata, "geographyGroup", location.group);
    Json body = region(base, location);
    body["metadata"] = std::move(metadata);
    return body;
}

Json edge_wire(const std::string& base, const Location& location) {
    Json metadata{{"regionType", "Physical"}, {"regionCategory", location.category}};
    add_text(metadata, "geography", location.geography);
    add_text(metadata, "geographyGroup", location.group);
    add_text(metadata, "longitude", location.longitude);
    add_text(metadata, "latitude", location.latitude);
    metadata["homeLocation"] = location.home;
    Json body = region(base, location);
    body["id"] = fmt::format("{}{}/edgeZones/{}", base, location.home, location.name);
    body["type"] = "EdgeZone";
    body["metadata"] = std::move(metadata);
    return body;
}

}  // namespace

Json subscription_wire(const Subscription& subscription) {
    Json body{{"id", subscription_scope(subscription.id)},
              {"authorizationSource", "RoleBased"},
              {"managedByTenants", Json::array()},
              {"subscriptionId", subscription.id},
              {"tenantId", subscription.tenant_id},
              {"displayName", subscription.name},
              {"state", subscription.state},
              {"subscriptionPolicies",
               {{"locationPlacementId", "Public_2014-09-01"},
                {"quotaId", "PayAsYouGo_2014-09-01"},
                {"spendingLimit", "Off"}}}};
    if (!subscription.tags.empty()) body["tags"] = Json::parse(subscription.tags);
    return body;
}

std::vector<Json> list_locations(Session& session, std::string_view subscription, bool extended) {
    const std::string base =
        subscription_scope(require_subscription(session, subscription).id) + "/locations/";
    std::vector<Json> found;
    for (const Location& location : locations()) found.push_back(physical_wire(base, location));
    for (const Location& location : logical_locations()) found.push_back(logical_wire(base, location));
    if (extended)
        for (const Location& location : edge_zones()) found.push_back(edge_wire(base, location));
    return found;
}

}  // namespace azid::arm
