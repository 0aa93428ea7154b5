// Tags put on a subscription, a group or a resource through Microsoft.Resources/tags, and the tag names that
// a subscription offers.
#pragma once

#include "core/arm/resource_id.hpp"
#include "core/base/json.hpp"
#include "core/base/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::arm {

// All authorise the caller (Microsoft.Resources/tags/...), which Tag Contributor may without any right on the
// thing itself. Throw Error: AuthorizationFailed; NotFound codes when nothing is at the scope.
// {"id","name":"default","type","properties":{"tags":{...}}}.
Json get_tags(Session& session, std::string_view scope);
// PUT: the tags of the body take the place of all others.
Json put_tags(Session& session, std::string_view scope, const Json& body);
// PATCH with "operation": Merge, Replace, or Delete (names with the value given; an empty value means any).
Json patch_tags(Session& session, std::string_view scope, const Json& body);
void delete_tags(Session& session, std::string_view scope);

// The same as a write of the resource itself, which takes the right to write it.
void tag_resource(Session& session, const ResourceId& id, const Json& tags);

// The names offered and those in use, with how often: {"id","tagName","count","values"}.
std::vector<Json> list_tag_names(Session& session, std::string_view subscription);
Json put_tag_name(Session& session, std::string_view subscription, std::string_view name);
// Throws Error (fault::tag_not_found) for a name that is not offered.
Json put_tag_value(Session& session, std::string_view subscription, std::string_view name,
                   std::string_view value);
// False when it was not offered. What bears the tag keeps it.
bool delete_tag_name(Session& session, std::string_view subscription, std::string_view name);
bool delete_tag_value(Session& session, std::string_view subscription, std::string_view name,
                      std::string_view value);

}  // namespace azid::arm
