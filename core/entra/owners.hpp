// Who owns applications, service principals and groups. An owner may change what it owns without any
// directory role (Microsoft Entra's default user permissions).
#pragma once

#include "core/base/session.hpp"
#include "core/entra/rights.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::entra {

// Object ids of the owners. Throws Error (fault::graph_denied).
std::vector<std::string> owners(Session& session, std::string_view object_id);

// Object ids of all that the user or service principal owns. Throws Error (fault::graph_denied).
std::vector<std::string> owned_objects(Session& session, std::string_view owner_id);

// Adds a user or service principal as an owner. Throws Error: fault::graph_denied,
// missing_object_of_change, fault::graph_bad_request when it is one already or is a group.
void add_owner(Session& session, std::string_view object_id, std::string_view owner_id, Right right);
// Throws Error: fault::graph_denied, missing_object_of_change when it is none.
void remove_owner(Session& session, std::string_view object_id, std::string_view owner_id, Right right);

// The caller owns what it has just made; with nobody signed in, nobody does.
void own(Session& session, std::string_view object_id);

// Throws Error (fault::graph_denied) unless the caller has the right or owns the object.
void require_right_or_ownership(Session& session, Right right, std::string_view object_id);

}  // namespace azid::entra
