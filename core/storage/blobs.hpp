// Containers and blobs: who may do what to them, and their life. Containers go by control actions, blobs by
// data actions (the built-in storage roles), so a Contributor makes containers and reads no blob. Rights are
// looked at before existence.
#pragma once

#include "core/arm/model.hpp"
#include "core/base/session.hpp"
#include "core/storage/model.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azid::storage {

// The live account of that name. Throws Error (client): its host name would not resolve.
arm::Resource require_account(Session& session, std::string_view name);

// A request's If-Match and If-None-Match, an etag in quotes, "*", or empty; If-Modified-Since and
// If-Unmodified-Since.
struct Precondition {
    std::string match;
    std::string none_match;
    std::optional<Instant> modified_since;
    std::optional<Instant> unmodified_since;
};

// The MD5 of the blob's content, base64.
std::string content_md5(const Blob& blob);

// All throw Error with the codes of core/storage/faults.hpp: AuthorizationPermissionMismatch first.

std::vector<Container> list_containers(Session& session, const arm::Resource& account);
Container get_container(Session& session, const arm::Resource& account, std::string_view name);
// InvalidResourceName, OutOfRangeInput, ContainerAlreadyExists.
Container create_container(Session& session, const arm::Resource& account, std::string_view name,
                           std::string metadata);
void delete_container(Session& session, const arm::Resource& account, std::string_view name,
                      const Precondition& precondition);

// Ordered by name.
std::vector<Blob> list_blobs(Session& session, const arm::Resource& account, std::string_view container);
// BlobNotFound, ConditionNotMet (412, or 304 where If-None-Match names the blob's etag).
Blob get_blob(Session& session, const arm::Resource& account, std::string_view container,
              std::string_view name, const Precondition& precondition);
// Makes or replaces it; takes its content, type and metadata from the blob given. BlobAlreadyExists for
// If-None-Match: *, ConditionNotMet.
Blob put_blob(Session& session, const arm::Resource& account, Blob blob, const Precondition& precondition);
void delete_blob(Session& session, const arm::Resource& account, std::string_view container,
                 std::string_view name, const Precondition& precondition);

}  // namespace azid::storage
