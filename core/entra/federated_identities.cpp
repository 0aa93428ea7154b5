#include "core/entra/federated_identities.hpp"

#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/random.hpp"
#include "core/base/text.hpp"
#include "core/entra/applications.hpp"
#include "core/entra/directory.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/registration_ports.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace azid::entra {

namespace {

constexpr size_t most_identities = 20;
constexpr size_t longest_text = 600;

[[noreturn]] void refuse(std::string message) { throw Error(fault::graph_bad_request, std::move(message)); }

// 3 to 120 letters, digits, '-' and '_', the first a letter or digit.
void check_name(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const bool good =
        name.size() >= 3 && name.size() <= 120 && plain(name.front()) &&
        std::all_of(name.begin(), name.end(), [&](char c) { return plain(c) || c == '-' || c == '_'; });
    if (!good)
        refuse(
            "The name of a federated identity credential is 3 to 120 characters long, begins with a letter "
            "or "
            "digit and has only letters, digits, '-' and '_'.");
}

void take_text(const Json& body, const char* member, std::string& target) {
    const auto found = body.find(member);
    if (found == body.end()) return;
    if (found->is_null()) {
        target.clear();
        return;
    }
    if (!found->is_string() || found->get_ref<const std::string&>().size() > longest_text)
        refuse(fmt::format("Property '{}' of the credential is a text of at most 600 characters.", member));
    target = found->get<std::string>();
}

void take(const Json& body, FederatedIdentity& identity) {
    take_text(body, "issuer", identity.issuer);
    take_text(body, "subject", identity.subject);
    take_text(body, "description", identity.description);
    const auto audiences = body.find("audiences");
    if (audiences != body.end()) {
        if (!audiences->is_array() || audiences->size() != 1 || !audiences->front().is_string())
            refuse("Federated identity credentials must have exactly one audience.");
        identity.audience = audiences->front().get<std::string>();
    }
    for (const auto& [member, text] :
         {std::pair{"issuer", &identity.issuer}, std::pair{"subject", &identity.subject},
          std::pair{"audiences", &identity.audience}})
        if (text->empty())
            refuse(fmt::format(
                "A value is required for property '{}' of resource 'FederatedIdentityCredential'.", member));
}

void check_among(const FederatedIdentity& wanted, const std::vector<FederatedIdentity>& others) {
    for (const FederatedIdentity& other : others) {
        if (other.id == wanted.id) continue;
        if (iequals(other.name, wanted.name))
            throw Error(fault::graph_conflict,
                        fmt::format("FederatedIdentityCredential with name {} already exists.", wanted.name));
        if (other.issuer == wanted.issuer && other.subject == wanted.subject)
            throw Error(
                fault::graph_conflict,
                fmt::format("FederatedIdentityCredential with issuer {} and subject {} already exists.",
                            wanted.issuer, wanted.subject));
    }
}

FederatedIdentity find_one(Session& session, std::string_view application_id, std::string_view id_or_name,
                           Error (*missing)(std::string_view)) {
    for (FederatedIdentity& one : session.entra.registrations().federated_identities(application_id))
        if (iequals(one.id, id_or_name) || iequals(one.name, id_or_name)) return std::move(one);
    throw missing(id_or_name);
}

}  // namespace

std::vector<FederatedIdentity> federated_identities(Session& session, std::string_view application_id) {
    const Application owner = application(session, application_id);
    return session.entra.registrations().federated_identities(owner.id);
}

FederatedIdentity federated_identity(Session& session, std::string_view application_id,
                                     std::string_view id_or_name) {
    const Application owner = application(session, application_id);
    return find_one(session, owner.id, id_or_name, missing_object);
}

FederatedIdentity create_federated_identity(Session& session, std::string_view application_id,
                                            const Json& body) {
    const Application owner = application_to_change(session, application_id);
    const std::vector<FederatedIdentity> others =
        session.entra.registrations().federated_identities(owner.id);
    FederatedIdentity identity;
    identity.id = new_guid(session.random);
    identity.application_id = owner.id;
    identity.name = text_at(body, "name");
    check_name(identity.name);
    take(body, identity);
    check_among(identity, others);
    if (others.size() >= most_identities)
        refuse("An application can have at most 20 federated identity credentials.");
    session.entra.registrations().save(identity);
    session.note("entra", "federated credential created", owner.id);
    return identity;
}

void update_federated_identity(Session& session, std::string_view application_id, std::string_view id_or_name,
                               const Json& body) {
    const Application owner = application_to_change(session, application_id);
    FederatedIdentity identity = find_one(session, owner.id, id_or_name, missing_object_of_change);
    if (body.contains("name") && text_at(body, "name") != identity.name)
        refuse("The name of a federated identity credential cannot be changed.");
    take(body, identity);
    check_among(identity, session.entra.registrations().federated_identities(owner.id));
    session.entra.registrations().save(identity);
}

void delete_federated_identity(Session& session, std::string_view application_id,
                               std::string_view id_or_name) {
    const Application owner = application_to_change(session, application_id);
    const FederatedIdentity doomed = find_one(session, owner.id, id_or_name, missing_object_of_change);
    session.entra.registrations().erase_federated_identity(doomed.id);
    session.note("entra", "federated credential deleted", owner.id);
}

}  // namespace azid::entra
