// Users, groups and directory objects of Microsoft Graph.
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/http.hpp"
#include "core/base/text.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/graph_call.hpp"
#include "core/entra/groups.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"
#include "core/entra/users.hpp"
#include "core/entra/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::entra {

namespace {

std::optional<std::string> text_of(const Json& body, const char* member) {
    const auto found = body.find(member);
    if (found == body.end() || !found->is_string()) return {};
    return found->get<std::string>();
}

std::vector<std::string> texts_of(const Json& body, const char* member) {
    const auto found = body.find(member);
    if (found == body.end() || !found->is_array())
        throw Error(fault::graph_bad_request, fmt::format("A value is required for property '{}'.", member));
    std::vector<std::string> texts;
    for (const Json& item : *found)
        if (item.is_string()) texts.push_back(item.get<std::string>());
    return texts;
}

bool truth_at(const Json& body, const char* member, bool otherwise) {
    const auto found = body.find(member);
    return found != body.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

GraphAnswer user_answer(const GraphCall& call, const User& user) {
    const Json object = wire(user);
    return entity_answer(call, "users", selects(call) ? object : usual_members(object));
}

GraphAnswer show_me(const GraphCall& call) { return user_answer(call, signed_in_user(call.session)); }

// users

GraphAnswer list_users(const GraphCall& call) {
    std::vector<Json> items;
    for (const User& user : users(call.session)) items.push_back(wire(user));
    GraphAnswer answer = list_answer(call, "users", std::move(items));
    if (selects(call)) return answer;
    Json body = *answer.body;
    for (Json& item : body["value"]) item = usual_members(item);
    return answer_of(200, std::move(body));
}

GraphAnswer show_user(const GraphCall& call) { return user_answer(call, user(call.session, call.holes[0])); }

bool is_temporary(const Json& body) {
    const auto profile = body.find("passwordProfile");
    return profile != body.end() && profile->is_object() &&
           truth_at(*profile, "forceChangePasswordNextSignIn", false);
}

std::string password_of(const Json& body) {
    const auto profile = body.find("passwordProfile");
    return profile == body.end() ? std::string() : text_at(*profile, "password");
}

GraphAnswer make_user(const GraphCall& call) {
    const Json body = call.body();
    NewUser wanted;
    wanted.user_principal_name = text_at(body, "userPrincipalName");
    wanted.display_name = text_at(body, "displayName");
    wanted.mail_nickname = text_at(body, "mailNickname");
    wanted.given_name = text_at(body, "givenName");
    wanted.surname = text_at(body, "surname");
    wanted.mail = text_at(body, "mail");
    wanted.password = password_of(body);
    wanted.must_change_password = is_temporary(body);
    wanted.enabled = truth_at(body, "accountEnabled", true);
    return answer_of(201, entity("users", usual_members(wire(create_user(call.session, wanted)))));
}

GraphAnswer change_user(const GraphCall& call) {
    const Json body = call.body();
    UserChange change;
    change.display_name = text_of(body, "displayName");
    change.mail_nickname = text_of(body, "mailNickname");
    change.given_name = text_of(body, "givenName");
    change.surname = text_of(body, "surname");
    change.mail = text_of(body, "mail");
    if (const std::string password = password_of(body); !password.empty()) change.password = password;
    if (body.contains("passwordProfile")) change.must_change_password = is_temporary(body);
    if (body.contains("accountEnabled") && body["accountEnabled"].is_boolean())
        change.enabled = body["accountEnabled"].get<bool>();
    update_user(call.session, call.holes[0], change);
    return nothing();
}

GraphAnswer drop_user(const GraphCall& call) {
    delete_user(call.session, call.holes[0]);
    return nothing();
}

// groups

GraphAnswer list_groups(const GraphCall& call) {
    std::vector<Json> items;
    for (const DirectoryGroup& group : groups(call.session)) items.push_back(wire(group));
    return list_answer(call, "groups", std::move(items));
}

GraphAnswer show_group(const GraphCall& call) {
    return entity_answer(call, "groups", wire(group(call.session, call.holes[0])));
}

GraphAnswer make_group(const GraphCall& call) {
    const Json body = call.body();
    if (!truth_at(body, "securityEnabled", false) || truth_at(body, "mailEnabled", false))
        throw Error(fault::not_modelled,
                    "azid models security groups only: securityEnabled true, mailEnabled false.");
    const DirectoryGroup made = create_group(call.session, text_at(body, "displayName"),
                                             text_at(body, "mailNickname"), text_at(body, "description"));
    return answer_of(201, entity("groups", wire(made)));
}

GraphAnswer drop_group(const GraphCall& call) {
    delete_group(call.session, call.holes[0]);
    return nothing();
}

GraphAnswer list_members(const GraphCall& call) {
    std::vector<Json> items;
    for (const Membership& member : members(call.session, call.holes[0]))
        if (Json object = wire_of_any(call.session, member.member_id); !object.is_null())
            items.push_back(std::move(object));
    return list_answer(call, "directoryObjects", std::move(items));
}

GraphAnswer put_member(const GraphCall& call) {
    const std::string reference = text_at(call.body(), "@odata.id");
    if (reference.empty())
        throw Error(fault::graph_bad_request,
                    "A value is required for property '@odata.id' of the reference.");
    add_member(call.session, call.holes[0], reference.substr(reference.rfind('/') + 1));
    return nothing();
}

GraphAnswer drop_member(const GraphCall& call) {
    remove_member(call.session, call.holes[0], call.holes[1]);
    return nothing();
}

// Membership, of users, groups and service principals alike.

std::string object_id_of(const GraphCall& call) {
    const bool by_name = call.holes[0].find('@') != std::string::npos;
    return by_name ? user(call.session, call.holes[0]).id : directory_object(call.session, call.holes[0]).id;
}

GraphAnswer list_transitive_groups(const GraphCall& call) {
    std::vector<Json> items;
    for (const std::string& id : call.session.entra.transitive_groups(object_id_of(call)))
        items.push_back(wire_of_any(call.session, id));
    return list_answer(call, "directoryObjects", std::move(items));
}

GraphAnswer list_direct_groups(const GraphCall& call) {
    const std::string object = object_id_of(call);
    std::vector<Json> items;
    for (const std::string& id : call.session.entra.transitive_groups(object)) {
        const std::vector<Membership> inside = call.session.entra.members(id);
        if (std::any_of(inside.begin(), inside.end(),
                        [&](const Membership& one) { return iequals(one.member_id, object); }))
            items.push_back(wire_of_any(call.session, id));
    }
    return list_answer(call, "directoryObjects", std::move(items));
}

GraphAnswer ids_answer(const std::vector<std::string>& ids) {
    return answer_of(
        200, Json{{"@odata.context", "https://graph.microsoft.com/v1.0/$metadata#Collection(Edm.String)"},
                  {"value", ids}});
}

GraphAnswer member_groups(const GraphCall& call) {
    return ids_answer(call.session.entra.transitive_groups(object_id_of(call)));
}

GraphAnswer check_member_groups(const GraphCall& call) {
    return ids_answer(member_groups_among(call.session, call.holes[0], texts_of(call.body(), "groupIds")));
}

// directoryObjects

GraphAnswer show_object(const GraphCall& call) {
    return entity_answer(call, "directoryObjects",
                         wire_of_any(call.session, directory_object(call.session, call.holes[0]).id));
}

GraphAnswer objects_by_ids(const GraphCall& call) {
    require_right(call.session, Right::read);
    const Json body = call.body();
    std::vector<std::string> types;
    if (body.contains("types")) types = texts_of(body, "types");
    Json items = Json::array();  // all of them: this answer knows no pages
    for (const std::string& id : texts_of(body, "ids")) {
        Json object = wire_of_any(call.session, id);
        const bool wanted =
            !object.is_null() &&
            (types.empty() || std::any_of(types.begin(), types.end(), [&](const std::string& type) {
                 return iequals("#microsoft.graph." + type, text_at(object, "@odata.type"));
             }));
        if (wanted) items.push_back(std::move(object));
    }
    return answer_of(200,
                     Json{{"@odata.context", "https://graph.microsoft.com/v1.0/$metadata#directoryObjects"},
                          {"value", std::move(items)}});
}

constexpr GraphRoute routes[] = {
    {"GET", "me", show_me},
    {"GET", "users", list_users},
    {"POST", "users", make_user},
    {"GET", "users/{}", show_user},
    {"PATCH", "users/{}", change_user},
    {"DELETE", "users/{}", drop_user},
    {"GET", "users/{}/memberOf", list_direct_groups},
    {"GET", "users/{}/transitiveMemberOf", list_transitive_groups},
    {"POST", "users/{}/getMemberGroups", member_groups},
    {"POST", "users/{}/checkMemberGroups", check_member_groups},
    {"GET", "groups", list_groups},
    {"POST", "groups", make_group},
    {"GET", "groups/{}", show_group},
    {"DELETE", "groups/{}", drop_group},
    {"GET", "groups/{}/members", list_members},
    {"POST", "groups/{}/members/$ref", put_member},
    {"DELETE", "groups/{}/members/{}/$ref", drop_member},
    {"GET", "groups/{}/memberOf", list_direct_groups},
    {"GET", "groups/{}/transitiveMemberOf", list_transitive_groups},
    {"POST", "groups/{}/getMemberGroups", member_groups},
    {"GET", "servicePrincipals/{}/memberOf", list_direct_groups},
    {"GET", "servicePrincipals/{}/transitiveMemberOf", list_transitive_groups},
    {"POST", "servicePrincipals/{}/getMemberGroups", member_groups},
    {"POST", "directoryObjects/getByIds", objects_by_ids},
    {"GET", "directoryObjects/{}", show_object},
    {"POST", "directoryObjects/{}/getMemberGroups", member_groups},
    {"POST", "directoryObjects/{}/checkMemberGroups", check_member_groups},
};

}  // namespace

std::span<const GraphRoute> object_routes() { return routes; }

}  // namespace azid::entra
