#include "core/arm/locks.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/scopes.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/authorise.hpp"
#include "core/rbac/scope.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::arm {

namespace {

constexpr std::string_view type_name = "Microsoft.Authorization/locks";
constexpr std::string_view levels[] = {"CanNotDelete", "ReadOnly"};

void authorise(Session& session, std::string_view verb, std::string_view scope) {
    rbac::authorise(session, fmt::format("{}/{}", type_name, verb), scope);
}

std::string id_of(std::string_view scope, std::string_view name) {
    return fmt::format("{}/providers/{}/{}", rbac::trimmed_scope(scope), type_name, name);
}

Json wire(const Lock& lock) {
    Json properties{{"level", lock.level}};
    if (!lock.notes.empty()) properties["notes"] = lock.notes;
    if (!lock.owners.empty()) properties["owners"] = Json::parse(lock.owners);
    Json body{
        {"properties", std::move(properties)}, {"id", lock.id}, {"type", type_name}, {"name", lock.name}};
    if (!lock.system_data.empty()) body["systemData"] = Json::parse(lock.system_data);
    return body;
}

std::string checked_level(const Json& body) {
    const Json* given = find(body, "properties.level");
    const std::string text = given != nullptr && given->is_string() ? given->get<std::string>() : "";
    for (const std::string_view level : levels)
        if (iequals(level, text)) return std::string(level);
    throw Error(
        fault::bad_request,
        fmt::format("The lock level '{}' is not valid. It must be 'CanNotDelete' or 'ReadOnly'.", text));
}

// The new one's creator stays; who changes it is told beside.
std::string stamped(const Session& session, const std::string& before) {
    const std::string kind = session.caller.is_user ? "User" : "Application";
    Json data = before.empty() ? Json{{"createdBy", session.caller.name},
                                      {"createdByType", kind},
                                      {"createdAt", utc_ticks(session.now)}}
                               : Json::parse(before);
    data["lastModifiedBy"] = session.caller.name;
    data["lastModifiedByType"] = kind;
    data["lastModifiedAt"] = utc_ticks(session.now);
    return compact(data);
}

// What the lock forbids of an action on the scope.
bool forbids(const Lock& lock, bool deletes, std::string_view scope) {
    const bool holds_here = rbac::covers(lock.scope, scope);
    if (deletes) return holds_here || rbac::covers(scope, lock.scope);
    return holds_here && lock.level == "ReadOnly";
}

}  // namespace

void require_unlocked(Session& session, std::string_view action, std::string_view scope) {
    const std::string subscription = subscription_of(scope);
    if (subscription.empty() || istarts_with(action, fmt::format("{}/", type_name))) return;
    const bool deletes = lower(action).ends_with("/delete");
    std::vector<std::string> locked;
    for (const Lock& lock : session.arm.locks(subscription)) {
        const bool told = std::any_of(locked.begin(), locked.end(), [&](const std::string& known) {
            return rbac::same_scope(known, lock.scope);
        });
        if (!told && forbids(lock, deletes, scope)) locked.push_back(lock.scope);
    }
    if (locked.empty()) return;
    throw Error(fault::scope_locked,
                fmt::format("The scope '{}' cannot perform {} operation because following scope(s) are "
                            "locked: '{}'. Please remove the lock and try again.",
                            scope, deletes ? "delete" : "write", join(locked, ",")));
}

Json put_lock(Session& session, std::string_view scope, std::string_view name, const Json& body) {
    authorise(session, "write", scope);
    const std::string there = require_scope(session, scope);
    const std::string level = checked_level(body);
    const std::optional<Lock> before = session.arm.find_lock(id_of(there, name));
    Lock lock;
    lock.id = before ? before->id : id_of(there, name);
    lock.scope = there;
    lock.name = before ? before->name : std::string(name);
    lock.level = level;
    const Json* notes = find(body, "properties.notes");
    if (notes != nullptr && notes->is_string()) lock.notes = notes->get<std::string>();
    const Json* owners = find(body, "properties.owners");
    if (owners != nullptr && owners->is_array()) lock.owners = compact(*owners);
    lock.system_data = stamped(session, before ? before->system_data : std::string());
    session.arm.save(lock);
    session.note("arm", before ? "lock changed" : "lock created", lock.id);
    return wire(lock);
}

Json get_lock(Session& session, std::string_view scope, std::string_view name) {
    authorise(session, "read", scope);
    const std::optional<Lock> lock = session.arm.find_lock(id_of(scope, name));
    if (lock) return wire(*lock);
    require_scope(session, scope);
    throw Error(fault::lock_not_found, fmt::format("The lock '{}' could not be found.", name));
}

bool delete_lock(Session& session, std::string_view scope, std::string_view name) {
    authorise(session, "delete", scope);
    const bool gone = session.arm.erase_lock(id_of(scope, name));
    if (gone) session.note("arm", "lock deleted", id_of(scope, name));
    return gone;
}

std::vector<Json> list_locks(Session& session, std::string_view scope, bool at_scope) {
    authorise(session, "read", scope);
    const std::string there = require_scope(session, scope);
    std::vector<Json> found;
    for (const Lock& lock : session.arm.locks(subscription_of(there))) {
        const bool above = rbac::covers(lock.scope, there);
        if (above || (!at_scope && rbac::covers(there, lock.scope))) found.push_back(wire(lock));
    }
    return found;
}

}  // namespace azid::arm
