#include "core/storage/blobs.hpp"

#include "core/arm/ports.hpp"
#include "core/base/base64.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/json.hpp"
#include "core/crypto/digest.hpp"
#include "core/rbac/authorise.hpp"
#include "core/storage/account_keys.hpp"
#include "core/storage/faults.hpp"
#include "core/storage/ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::storage {

namespace {

constexpr std::string_view containers_type = "Microsoft.Storage/storageAccounts/blobServices/containers";

struct Operation {
    std::string_view action;  // below containers_type
    bool is_data = false;
    std::string_view sub_operation = {};
};
constexpr Operation containers_read{"/read"};
constexpr Operation containers_write{"/write"};
constexpr Operation containers_delete{"/delete"};
constexpr Operation blobs_list{"/blobs/read", true, "Blob.List"};
constexpr Operation blobs_read{"/blobs/read", true};
constexpr Operation blobs_write{"/blobs/write", true};
constexpr Operation blobs_add{"/blobs/add/action", true};
constexpr Operation blobs_delete{"/blobs/delete", true};

std::string scope_of(const arm::Resource& account, std::string_view container) {
    std::string scope = account.id.text() + "/blobServices/default";
    if (!container.empty()) scope += fmt::format("/containers/{}", container);
    return scope;
}

bool may(Session& session, const arm::Resource& account, const Operation& operation,
         std::string_view container, std::string_view blob) {
    if (is_key_holder(session.caller, account)) return true;
    rbac::Question question;
    question.action = std::string(containers_type) + std::string(operation.action);
    question.scope = scope_of(account, container);
    question.is_data = operation.is_data;
    question.attributes.sub_operation = operation.sub_operation;
    rbac::Attributes::Source& resource = question.attributes.resource;
    resource.emplace("Microsoft.Storage/storageAccounts:name", std::vector{account.id.name()});
    if (!container.empty())
        resource.emplace(std::string(containers_type) + ":name", std::vector{std::string(container)});
    if (!blob.empty())
        resource.emplace(std::string(containers_type) + "/blobs:path", std::vector{std::string(blob)});
    const rbac::Decision decision = rbac::decide(session, session.caller, question);
    const std::string_view kind = operation.is_data ? "data action" : "action";
    session.note("rbac", fmt::format("{} {}", kind, decision.allowed ? "allowed" : "refused"), question.scope,
                 rbac::decision_details(session.caller, question.action, decision));
    return decision.allowed;
}

[[noreturn]] void refuse() {
    throw Error(fault::authorization_permission_mismatch,
                "This request is not authorized to perform this operation using this permission.");
}

void authorise(Session& session, const arm::Resource& account, const Operation& operation,
               std::string_view container, std::string_view blob = {}) {
    if (!may(session, account, operation, container, blob)) refuse();
}

// 3-63 lower-case letters, digits and single hyphens between them.
void check_container_name(std::string_view name) {
    if (name.size() < 3 || name.size() > 63)
        throw Error(fault::out_of_range_input,
                    "The specified resource name length is not within the permissible limits.");
    const bool sound =
        std::all_of(name.begin(), name.end(),
                    [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }) &&
        name.front() != '-' && name.back() != '-' && name.find("--") == std::string_view::npos;
    if (!sound)
        throw Error(fault::blob_invalid_resource_name,
                    "The specified resource name contains invalid characters.");
}

// Ticks of 100 ns since the year 1, as Azure's etags are; never the one before.
std::string etag_at(Instant now, std::string_view before) {
    constexpr std::int64_t ticks_of_1970 = 621355968000000000;
    std::int64_t ticks = now.time_since_epoch().count() * 10 + ticks_of_1970;
    std::string etag = fmt::format("0x{:X}", ticks);
    while (etag == before) etag = fmt::format("0x{:X}", ++ticks);
    return etag;
}

Container require_container(Session& session, const arm::Resource& account, std::string_view name) {
    std::optional<Container> found = session.storage.find_container(account.id.name(), name);
    if (!found) throw Error(fault::container_not_found, "The specified container does not exist.");
    return *found;
}

Blob require_blob(Session& session, const arm::Resource& account, std::string_view container,
                  std::string_view name) {
    require_container(session, account, container);
    std::optional<Blob> found = session.storage.find_blob(account.id.name(), container, name);
    if (!found) throw Error(fault::blob_not_found, "The specified blob does not exist.");
    return *found;
}

constexpr const char* unmet = "The condition specified using HTTP conditional header(s) is not met.";

bool names_etag(const std::string& condition, const std::string& etag) {
    return condition == "*" || condition == '"' + etag + '"' || condition == etag;
}

void check(const Precondition& precondition, const Blob& blob, const Fault& fault) {
    // Times of HTTP are whole seconds.
    const Instant changed = std::chrono::floor<std::chrono::seconds>(blob.changed);
    if (precondition.unmodified_since && changed > *precondition.unmodified_since)
        throw Error(fault::condition_not_met, unmet);
    if (precondition.modified_since && changed <= *precondition.modified_since) throw Error(fault, unmet);
    if (!precondition.match.empty() && !names_etag(precondition.match, blob.etag))
        throw Error(fault::condition_not_met, unmet);
    if (!precondition.none_match.empty() && names_etag(precondition.none_match, blob.etag))
        throw Error(fault, unmet);
}

}  // namespace

arm::Resource require_account(Session& session, std::string_view name) {
    const std::optional<std::string> text = session.storage.find_account(name);
    const std::optional<arm::ResourceId> id = text ? arm::ResourceId::parse(*text) : std::nullopt;
    const std::optional<arm::Resource> resource = id ? session.arm.find_resource(*id) : std::nullopt;
    if (!resource)
        throw Error(fault::client, fmt::format("The host name '{}.blob.core.windows.net' cannot be resolved: "
                                               "there is no storage account of that name.",
                                               name));
    return *resource;
}

std::string content_md5(const Blob& blob) { return base64(crypto::md5(blob.content)); }

std::vector<Container> list_containers(Session& session, const arm::Resource& account) {
    authorise(session, account, containers_read, "");
    return session.storage.containers(account.id.name());
}

Container get_container(Session& session, const arm::Resource& account, std::string_view name) {
    authorise(session, account, containers_read, name);
    return require_container(session, account, name);
}

Container create_container(Session& session, const arm::Resource& account, std::string_view name,
                           std::string metadata) {
    authorise(session, account, containers_write, name);
    check_container_name(name);
    if (session.storage.find_container(account.id.name(), name))
        throw Error(fault::container_already_exists, "The specified container already exists.");
    const Container made{account.id.name(), std::string(name), std::move(metadata), etag_at(session.now, ""),
                         session.now};
    session.storage.save(made);
    session.note("storage", "container created", scope_of(account, name));
    return made;
}

void delete_container(Session& session, const arm::Resource& account, std::string_view name,
                      const Precondition& precondition) {
    authorise(session, account, containers_delete, name);
    const Container container = require_container(session, account, name);
    Blob dated;
    dated.etag = container.etag;
    dated.changed = container.changed;
    check(precondition, dated, fault::condition_not_met);
    session.storage.erase_container(account.id.name(), name);
    session.note("storage", "container deleted", scope_of(account, name));
}

std::vector<Blob> list_blobs(Session& session, const arm::Resource& account, std::string_view container) {
    authorise(session, account, blobs_list, container);
    require_container(session, account, container);
    return session.storage.blobs(account.id.name(), container);
}

Blob get_blob(Session& session, const arm::Resource& account, std::string_view container,
              std::string_view name, const Precondition& precondition) {
    authorise(session, account, blobs_read, container, name);
    const Blob blob = require_blob(session, account, container, name);
    check(precondition, blob, fault::not_modified);
    return blob;
}

Blob put_blob(Session& session, const arm::Resource& account, Blob blob, const Precondition& precondition) {
    blob.account = account.id.name();
    const std::optional<Blob> before = session.storage.find_blob(blob.account, blob.container, blob.name);
    const bool allowed = may(session, account, blobs_write, blob.container, blob.name) ||
                         (!before && may(session, account, blobs_add, blob.container, blob.name));
    if (!allowed) refuse();
    require_container(session, account, blob.container);
    if (before && precondition.none_match == "*")
        throw Error(fault::blob_already_exists, "The specified blob already exists.");
    if (before)
        check(precondition, *before, fault::condition_not_met);
    else if (!precondition.match.empty())
        throw Error(fault::condition_not_met, unmet);
    blob.etag = etag_at(session.now, before ? before->etag : "");
    blob.created = before ? before->created : session.now;
    blob.changed = session.now;
    session.storage.save(blob);
    session.note("storage", "blob written",
                 fmt::format("{}/blobs/{}", scope_of(account, blob.container), blob.name));
    return blob;
}

void delete_blob(Session& session, const arm::Resource& account, std::string_view container,
                 std::string_view name, const Precondition& precondition) {
    authorise(session, account, blobs_delete, container, name);
    check(precondition, require_blob(session, account, container, name), fault::condition_not_met);
    session.storage.erase_blob(account.id.name(), container, name);
    session.note("storage", "blob deleted", fmt::format("{}/blobs/{}", scope_of(account, container), name));
}

}  // namespace azid::storage
