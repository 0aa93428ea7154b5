// A world that is spoken to over the wire: whole requests with tokens, whole answers.
#pragma once

#include "core/base/error.hpp"
#include "core/base/json.hpp"
#include "support/world.hpp"

#include <memory>
#include <string>

namespace azid::test {

struct WireAnswer {
    int status = 0;
    http::Headers headers;
    std::string text;

    // The header's value; empty when there is none.
    std::string header(const std::string& name) const;
    // The text as JSON; null when it is none.
    std::shared_ptr<const Json> json() const;
    // "error.code" and "error.message" of the body; empty when there are none.
    std::string code() const;
    std::string message() const;
};

class WireWorld : public World {
  public:
    // An access token of that caller for the API.
    std::string token_for(const Caller& caller, const std::string& resource);
    // What a token of that service principal says.
    Caller caller_for(const entra::ServicePrincipal& principal) const;
    // The administrator's token for Resource Manager, made once.
    const std::string& admin_token();

    WireAnswer send(const http::Request& request);
    // With the token as bearer, unless it is empty.
    WireAnswer ask(const std::string& method, const std::string& url, const std::string& token,
                   const std::string& body = {}, const http::Headers& headers = {});
    // To Resource Manager, below the subscription, as the administrator. An api-version is added to a path
    // that names none.
    WireAnswer arm(const std::string& method, const std::string& path, const std::string& body = {},
                   const http::Headers& headers = {});
    // "https://management.azure.com/subscriptions/SUB<path>?api-version=2024-11-01".
    std::string arm_url(const std::string& path) const;

    void assign(const std::string& principal, const std::string& role_definition_guid,
                const std::string& scope);

  private:
    std::string admin_token_;
};

}  // namespace azid::test
