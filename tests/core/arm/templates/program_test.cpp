#include "core/arm/deployment.hpp"

#include "core/arm/ports.hpp"
#include "core/base/error.hpp"
#include "core/base/text.hpp"
#include "support/group_world.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>

namespace azid::test {

namespace {

constexpr const char* head =
    R"("$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
       "contentVersion": "1.0.0.0",)";

// The members of a template beside those that all have, as the body of a PUT.
std::string body_of(const std::string& members, const std::string& parameters = "{}") {
    return fmt::format(
        R"({{"properties": {{"mode": "Incremental", "parameters": {}, template: {{{} {}}}}}}})", parameters,
        head, members);
}

// An identity as a template's resource; more goes into it.
std::string identity(const std::string& name, const std::string& more = "") {
    return fmt::format(
        R"({{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31",
        "name": "{}", "location": "westeurope" {}}})",
        name, more);
}

struct Deployer : GroupWorld {
    arm::Deployment put(const std::string& body) {
        arm::Deployment made;
        as_admin([&](Session& session) {
            made = arm::put_deployment(session, {subscription(), "rg", "test"}, body);
        });
        return made;
    }
    Json shown(const std::string& body) {
        const arm::Deployment made = put(body);
        return Json::parse(made.properties);
    }
    std::string refusal(const std::string& body) {
        try {
            put(body);
        } catch (const Error& error) {
            return fmt::format("{}: {}", error.fault().code, error.message());
        }
        return "accepted";
    }
    bool exists(const std::string& name) {
        bool found = false;
        as_admin([&](Session& session) {
            found = session.arm.find_resource(id("Microsoft.ManagedIdentity", "userAssignedIdentities", name))
                        .has_value();
        });
        return found;
    }
};

}  // namespace

TEST_CASE_FIXTURE(Deployer, "parameters are checked against the template, and the place is told") {
    const std::string resources = R"("resources": [])";
    const std::string parameters = R"("parameters": {"a": {"type": "string", "minLength": 3},
        "b": {"type": "int", "defaultValue": 1, "maxValue": 5}, "c": {"type": "string", "defaultValue": "x",
        "allowedValues": ["x", "y"]}},)";
    const auto with = [&](const std::string& values) { return body_of(parameters + resources, values); };
    CHECK(refusal(with("{}")).find("The value for the template parameter 'a' at line '2' and column") !=
          std::string::npos);
    CHECK(refusal(with(R"({"a": {"value": "ab"}})"))
              .find("Length of the value should be greater than or equal to '3'.") != std::string::npos);
    CHECK(refusal(with(R"({"a": {"value": "abc"}, "b": {"value": 6}})"))
              .find("Value should be less than or equal to '5'.") != std::string::npos);
    CHECK(refusal(with(R"({"a": {"value": 1}})"))
              .find("Expected a value of type 'String, Uri', but received a value of type 'Integer'.") !=
          std::string::npos);
    CHECK(refusal(with(R"({"a": {"value": "abc"}, "c": {"value": "z"}})"))
              .find("The value 'z' is not part of the allowed value(s): 'x,y'.") != std::string::npos);
    CHECK(refusal(with(R"({"a": {"value": "abc"}, "d": {"value": 1}})"))
              .find("The template parameters 'd' in the parameters file are not valid") != std::string::npos);
    const Json made = shown(with(R"({"A": {"value": "abc"}})"));
    CHECK(
        compact(made["parameters"]) ==
        R"({"a":{"type":"String","value":"abc"},"b":{"type":"Int","value":1},"c":{"type":"String","value":"x"}})");
}

TEST_CASE_FIXTURE(Deployer, "a secret parameter is recorded nowhere") {
    const arm::Deployment made =
        put(body_of(R"("parameters": {"secret": {"type": "securestring"}}, "resources": [],
        "outputs": {"out": {"type": "securestring", "value": "[parameters('secret')]"}})",
                    R"({"secret": {"value": "h1dden"}})"));
    CHECK(made.properties.find("h1dden") == std::string::npos);
}

TEST_CASE_FIXTURE(Deployer, "copies, conditions and dependencies decide what is made and when") {
    const Json made = shown(body_of(fmt::format(
        R"("resources": [{}, {}, {}], "outputs": {{"first": {{"type": "string",
            "value": "[reference('one0').principalId]"}}}})",
        identity("last", R"(, "dependsOn": ["loop"])"),
        identity("[concat('one', copyIndex())]", R"(, "copy": {"name": "loop", "count": 2})"),
        identity("never", R"(, "condition": "[equals(1, 2)]")"))));
    CHECK(made["provisioningState"] == "Succeeded");
    CHECK(exists("one0"));
    CHECK(exists("one1"));
    CHECK_FALSE(exists("never"));
    CHECK(made["operations"][2]["properties"]["targetResource"]["resourceName"] == "last");
    CHECK(made["outputs"]["first"]["value"].get<std::string>().size() == 36);
    CHECK(made["dependencies"][0]["dependsOn"].size() == 2);
}

TEST_CASE_FIXTURE(Deployer, "nested templates see their own parameters, or those around them") {
    const std::string nested =
        R"({"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "%",
        "properties": {"mode": "Incremental", @ "template": {#
        "outputs": {"id": {"type": "string", "value": "[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'x')]"}}}}})";
    const auto filled = [&](const std::string& name, const std::string& scope, const std::string& members) {
        std::string text = replace_all(nested, "%", name);
        text = replace_all(text, "@", scope);
        return replace_all(text, "#", head + members);
    };
    const std::string inner = filled(
        "inner",
        R"("expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"name": {"value": "[parameters('outerName')]"}},)",
        R"("parameters": {"name": {"type": "string"}}, "resources": [)" + identity("[parameters('name')]") +
            "],");
    const std::string outer =
        filled("outer", "", R"("resources": [)" + identity("[concat(parameters('outerName'), '2')]") + "],");
    const Json made = shown(body_of(
        R"("parameters": {"outerName": {"type": "string", "defaultValue": "app"}}, "resources": [)" + inner +
        "," + outer +
        R"(], "outputs": {"id": {"type": "string", "value": "[reference('inner').outputs.id.value]"}})"));
    CHECK(made["provisioningState"] == "Succeeded");
    CHECK(exists("app"));
    CHECK(exists("app2"));
    CHECK(made["outputResources"].size() == 2);
    CHECK(made["outputs"]["id"]["value"] ==
          id("Microsoft.ManagedIdentity", "userAssignedIdentities", "x").text());
}

TEST_CASE_FIXTURE(Deployer, "what is wrong with a template is refused before anything is made") {
    CHECK(refusal(body_of(R"("resources": [)" + identity("a", R"(, "dependsOn": ["nobody"])") + "]")) ==
          "InvalidTemplate: Deployment template validation failed: 'The resource 'nobody' is not defined in "
          "the "
          "template. Please see https://aka.ms/arm-syntax for usage details.'.");
    CHECK(refusal(body_of(R"("resources": [)" + identity("a", R"(, "dependsOn": ["b"])") + "," +
                          identity("b", R"(, "dependsOn": ["a"])") + "]"))
              .find("Circular dependency detected on resource: '" + group_scope()) != std::string::npos);
    CHECK(refusal(body_of(R"("resources": [)" + identity("a") + "," + identity("A") + "]"))
              .find("is defined multiple times in a template.") != std::string::npos);
    CHECK(refusal(body_of(R"("resources": [)" + identity("a/b") + "]")).find("incorrect segment lengths") !=
          std::string::npos);
    CHECK(refusal(body_of(R"("parameterss": {}, "resources": [])"))
              .find("InvalidRequestContent: The request content was invalid and could not be deserialized: "
                    "'Could not find member 'parameterss' on object of type 'Template'.") == 0);
    CHECK(refusal(body_of(R"("resources": [{"type": "Contoso.Widgets/widgets", "apiVersion": "2020-01-01",
        "name": "w"}])")) ==
          "NotModelled: azid does not deploy resources of type 'Contoso.Widgets/widgets'.");
    CHECK(refusal(R"({"properties": {"mode": "Incremental", template: {)").find("InvalidRequestContent: ") ==
          0);
    CHECK_FALSE(exists("a"));
}

TEST_CASE_FIXTURE(Deployer, "one that fails leaves the others, and what needs it is left out") {
    const std::string missing_group =
        R"({"type": "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
            "apiVersion": "2023-01-31", "name": "nobody/fic", "properties": {"issuer": "https://i", "subject": "s",
            "audiences": ["a"]}})";
    const Json made = shown(body_of(R"("resources": [)" + missing_group + "," + identity("fine") + "," +
                                    identity("waiting", R"(, "dependsOn": ["nobody/fic"])") + "]"));
    CHECK(made["provisioningState"] == "Failed");
    CHECK(made["error"]["code"] == "DeploymentFailed");
    CHECK(exists("fine"));
    CHECK_FALSE(exists("waiting"));
    CHECK(made["operations"].size() == 2);
}

}  // namespace azid::test
