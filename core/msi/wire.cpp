#include "core/msi/wire.hpp"

#include "core/base/text.hpp"
#include "core/msi/identities.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azid::msi {

namespace {

std::string provider_spelling(std::string id) {
    return replace_all(std::move(id), "/resourceGroups/", "/resourcegroups/");
}

}  // namespace

Json identity_wire(const arm::Resource& identity) {
    return Json{{"id", provider_spelling(identity.id.text())},
                {"name", identity.id.name()},
                {"type", identity_type},
                {"location", identity.location},
                {"tags", identity.tags.empty() ? Json::object() : Json::parse(identity.tags)},
                {"properties", Json::parse(identity.properties)}};
}

Json federated_wire(const FederatedCredential& credential) {
    Json properties{{"issuer", credential.issuer}};
    if (!credential.subject.empty()) properties["subject"] = credential.subject;
    properties["audiences"] = Json::array({credential.audience});
    if (!credential.claims_expression.empty())
        properties["claimsMatchingExpression"] = {{"languageVersion", credential.claims_expression_version},
                                                  {"value", credential.claims_expression}};
    return Json{{"id", fmt::format("{}/federatedIdentityCredentials/{}",
                                   provider_spelling(credential.identity_id), credential.name)},
                {"name", credential.name},
                {"type", federated_type},
                {"properties", std::move(properties)}};
}

}  // namespace azid::msi
