#include "core/msi/federated.hpp"

#include "core/arm/ports.hpp"
#include "core/arm/resources.hpp"
#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/msi/claims_expression.hpp"
#include "core/msi/identities.hpp"
#include "core/msi/ports.hpp"
#include "core/msi/wire.hpp"
#include "core/rbac/authorise.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace azid::msi {

namespace {

constexpr size_t most_credentials = 20;
constexpr size_t longest_text = 600;

void authorise(Session& session, std::string_view verb, const arm::ResourceId& id) {
    rbac::authorise(session, fmt::format("{}/{}", federated_type, verb), id.text());
}

// The identity above; its id as it is kept, because credentials are found by it.
arm::ResourceId require_identity(Session& session, const arm::ResourceId& identity) {
    const std::optional<arm::Resource> found = session.arm.find_resource(identity);
    if (!found) throw Error(fault::not_found, "The parent user-assigned identity does not exist.");
    return found->id;
}

// 2 to 120 letters, digits, '-' and '_', the first a letter or digit. (Azure asks for 3; the SDKs' tests use
// two.)
void check_name(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const bool good =
        name.size() >= 2 && name.size() <= 120 && plain(name.front()) &&
        std::all_of(name.begin(), name.end(), [&](char c) { return plain(c) || c == '-' || c == '_'; });
    if (!good)
        throw Error(fault::bad_request,
                    fmt::format("Federated Identity Credential name '{}' is invalid.", name));
}

[[noreturn]] void refuse(std::string message) { throw Error(fault::bad_request, std::move(message)); }

// The expression in place of a subject, if the properties have one.
void read_expression(const Json& properties, FederatedCredential& credential) {
    const Json* expression = find(properties, "claimsMatchingExpression");
    if (expression == nullptr || expression->is_null()) return;
    credential.claims_expression = text_at(*expression, "value");
    const Json* version = find(*expression, "languageVersion");
    credential.claims_expression_version =
        version != nullptr && version->is_number_integer() ? version->get<int>() : 0;
    if (credential.claims_expression_version != 1)
        refuse("The languageVersion of a claimsMatchingExpression is 1.");
    if (!parse_claims_expression(credential.claims_expression))
        refuse(
            fmt::format("The claimsMatchingExpression '{}' is not valid. It is made of terms such as "
                        "claims['sub'] eq 'text' and claims['sub'] matches 'text*', joined by 'and'.",
                        credential.claims_expression));
    if (!credential.subject.empty())
        refuse("A Federated Identity Credential has either a 'subject' or a 'claimsMatchingExpression'.");
}

void check_lengths(const FederatedCredential& credential) {
    for (const std::string* text : {&credential.issuer, &credential.subject, &credential.audience})
        if (text->size() > longest_text)
            refuse(
                "The issuer, subject and audience of a Federated Identity Credential have at most 600 "
                "characters each.");
}

FederatedCredential credential_from(const arm::ResourceId& identity, const std::string& name,
                                    const Json& body) {
    const Json* properties = find(body, "properties");
    if (properties == nullptr || !properties->is_object() || properties->empty())
        refuse("Federated Identity Credential from HTTP body has empty properties");
    FederatedCredential credential;
    credential.identity_id = identity.text();
    credential.name = name;
    credential.issuer = text_at(*properties, "issuer");
    credential.subject = text_at(*properties, "subject");
    read_expression(*properties, credential);
    const Json* audiences = find(*properties, "audiences");
    const bool audience = audiences != nullptr && audiences->is_array() && !audiences->empty();
    const bool subject = !credential.subject.empty() || !credential.claims_expression.empty();
    if (credential.issuer.empty() || !subject || !audience)
        refuse(
            "The request format was unexpected. Federated Identity Credential must specify 'issuer', "
            "'subject' and 'audience'.");
    if (audiences->size() != 1 || !audiences->front().is_string())
        refuse("Federated identity credentials must have exactly one audience.");
    credential.audience = audiences->front().get<std::string>();
    check_lengths(credential);
    return credential;
}

void check_among(const FederatedCredential& wanted, const std::vector<FederatedCredential>& others) {
    bool replaces = false;
    for (const FederatedCredential& other : others) {
        if (iequals(other.name, wanted.name)) {
            replaces = true;
            continue;
        }
        if (other.issuer == wanted.issuer && other.subject == wanted.subject &&
            other.claims_expression == wanted.claims_expression)
            throw Error(fault::conflict,
                        "Issuer and subject combination already exists for this Managed Identity.");
    }
    if (!replaces && others.size() >= most_credentials)
        throw Error(fault::bad_request,
                    "A managed identity can have at most 20 federated identity credentials.");
}

std::optional<FederatedCredential> find_credential(Session& session, const arm::ResourceId& identity,
                                                   const std::string& name) {
    for (FederatedCredential& one : session.msi.federated_credentials(identity.text()))
        if (iequals(one.name, name)) return std::move(one);
    return {};
}

}  // namespace

Json put_federated(Session& session, const arm::ResourceId& id, const Json& body) {
    authorise(session, "write", id);
    const arm::ResourceId identity = require_identity(session, *id.parent());
    check_name(id.name());
    const std::optional<FederatedCredential> before = find_credential(session, identity, id.name());
    const FederatedCredential credential = credential_from(identity, before ? before->name : id.name(), body);
    check_among(credential, session.msi.federated_credentials(identity.text()));
    session.msi.save(credential);
    if (!before) session.note("msi", "federated credential created", identity.text() + "/" + credential.name);
    return federated_wire(credential);
}

Json get_federated(Session& session, const arm::ResourceId& id) {
    authorise(session, "read", id);
    const arm::ResourceId identity = require_identity(session, *id.parent());
    const std::optional<FederatedCredential> found = find_credential(session, identity, id.name());
    if (!found)
        throw Error(fault::not_found,
                    fmt::format("The federated identity credential '{}' does not exist.", id.name()));
    return federated_wire(*found);
}

bool has_federated(Session& session, const arm::ResourceId& id) {
    return find_credential(session, *id.parent(), id.name()).has_value();
}

std::vector<Json> list_federated(Session& session, const arm::ResourceId& identity) {
    rbac::authorise(session, fmt::format("{}/read", federated_type), identity.text());
    std::vector<Json> all;
    for (const FederatedCredential& one :
         session.msi.federated_credentials(require_identity(session, identity).text()))
        all.push_back(federated_wire(one));
    return all;
}

bool remove_federated(Session& session, const arm::ResourceId& id) {
    authorise(session, "delete", id);
    const std::optional<arm::Resource> identity = session.arm.find_resource(*id.parent());
    return identity && session.msi.erase_federated_credential(identity->id.text(), id.name());
}

}  // namespace azid::msi
