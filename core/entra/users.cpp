#include "core/entra/users.hpp"

#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/crypto/secret.hpp"
#include "core/entra/deleted_items.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace azid::entra {

namespace {

[[noreturn]] void refuse(std::string message) { throw Error(fault::graph_bad_request, std::move(message)); }

void require_value(const std::string& value, std::string_view property) {
    if (value.empty())
        refuse(fmt::format("A value is required for property '{}' of resource 'User'.", property));
}

// Letters, digits and "'.-_!#^~" before the at sign (Microsoft Entra's user principal name rules).
bool is_local_part(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
               std::string_view("'.-_!#^~").find(c) != std::string_view::npos;
    });
}

void check_name(Session& session, const std::string& name) {
    const size_t at = name.rfind('@');
    if (at == std::string::npos || !is_local_part(std::string_view(name).substr(0, at)))
        refuse("Property userPrincipalName is invalid.");
    const std::optional<Tenant> tenant = session.entra.find_tenant(session.caller.tenant_id);
    if (!tenant || !iequals(name.substr(at + 1), tenant->default_domain))
        refuse(
            "The domain portion of the userPrincipalName property is invalid. You must use one of the "
            "verified "
            "domain names in your organization.");
    if (session.entra.find_user(session.caller.tenant_id, name))
        refuse("Another object with the same value for property userPrincipalName already exists.");
}

void check_password(std::string_view password) {
    const auto has = [&](int (*kind)(int)) {
        return std::any_of(password.begin(), password.end(),
                           [&](char c) { return kind(static_cast<unsigned char>(c)) != 0; });
    };
    const auto is_symbol = [](int c) { return std::isalnum(c) == 0 && c > ' ' ? 1 : 0; };
    const int kinds = has(std::islower) + has(std::isupper) + has(std::isdigit) + has(is_symbol);
    if (password.size() < 8 || password.size() > 256 || kinds < 3)
        refuse(
            "The specified password does not comply with password complexity requirements. Please provide a "
            "different password.");
}

std::string name_of(bool temporary) { return std::string(temporary ? temporary_password : "password"); }

void keep_password(Session& session, const std::string& user_id, std::string_view password, bool temporary) {
    for (const Secret& old : session.entra.secrets(user_id)) session.entra.erase_secret(old.key_id);
    Secret secret;
    secret.key_id = new_guid(session.random);
    secret.owner_id = user_id;
    secret.display_name = name_of(temporary);
    secret.hash = crypto::hash_secret(password, session.random.bytes(16));
    secret.start = session.now;
    secret.end = session.now + std::chrono::years(100);
    session.entra.save(secret);
}

void mark_password(Session& session, const std::string& user_id, bool temporary) {
    for (Secret secret : session.entra.secrets(user_id)) {
        secret.display_name = name_of(temporary);
        session.entra.save(secret);
    }
}

User to_change(Session& session, std::string_view id_or_upn) {
    require_right(session, Right::manage_users);
    const std::optional<User> found = session.entra.find_user(session.caller.tenant_id, id_or_upn);
    if (!found) throw missing_object_of_change(id_or_upn);
    return *found;
}

}  // namespace

User create_user(Session& session, const NewUser& wanted) {
    require_right(session, Right::manage_users);
    require_value(wanted.display_name, "displayName");
    require_value(wanted.user_principal_name, "userPrincipalName");
    require_value(wanted.mail_nickname, "mailNickname");
    require_value(wanted.password, "passwordProfile");
    check_name(session, wanted.user_principal_name);
    check_password(wanted.password);
    User user;
    user.id = new_guid(session.random);
    user.tenant_id = session.caller.tenant_id;
    user.user_principal_name = wanted.user_principal_name;
    user.display_name = wanted.display_name;
    user.mail_nickname = wanted.mail_nickname;
    user.given_name = wanted.given_name;
    user.surname = wanted.surname;
    user.mail = wanted.mail;
    user.enabled = wanted.enabled;
    user.created = session.now;
    session.entra.save(user);
    keep_password(session, user.id, wanted.password, wanted.must_change_password);
    session.note("entra", "user created", user.id);
    return user;
}

void update_user(Session& session, std::string_view id_or_upn, const UserChange& change) {
    User user = to_change(session, id_or_upn);
    if (change.display_name) {
        require_value(*change.display_name, "displayName");
        user.display_name = *change.display_name;
    }
    if (change.mail_nickname) user.mail_nickname = *change.mail_nickname;
    if (change.given_name) user.given_name = *change.given_name;
    if (change.surname) user.surname = *change.surname;
    if (change.mail) user.mail = *change.mail;
    if (change.enabled) user.enabled = *change.enabled;
    if (change.password) check_password(*change.password);
    session.entra.save(user);
    if (change.password)
        keep_password(session, user.id, *change.password, change.must_change_password.value_or(false));
    else if (change.must_change_password)
        mark_password(session, user.id, *change.must_change_password);
    session.note("entra", "user updated", user.id);
}

void delete_user(Session& session, std::string_view id_or_upn) {
    const User user = to_change(session, id_or_upn);
    set_aside(session, user);
    for (const Secret& secret : session.entra.secrets(user.id)) session.entra.erase_secret(secret.key_id);
    session.entra.erase_user(user.id);
    session.note("entra", "user deleted", user.id);
}

}  // namespace azid::entra
