// A freshly seeded state for tests of the systems together: Contoso's tenant, a subscription, its
// administrator. The clock stands still until a test moves it; keys are made when wanted, once a run.
#pragma once

#include "core/arm/resource_id.hpp"
#include "core/base/http.hpp"
#include "core/base/keys.hpp"
#include "core/base/random.hpp"
#include "core/base/state.hpp"
#include "core/entra/model.hpp"

#include <functional>
#include <memory>
#include <string>

namespace azid::test {

class World {
  public:
    World();
    ~World();

    Instant now;
    entra::Tenant tenant;
    std::string subscription;
    Caller admin;

    // Runs the work in one transaction as that caller and commits it; again with a key more when one is
    // wanted.
    void as(const Caller& caller, const std::function<void(Session&)>& work);
    void as_admin(const std::function<void(Session&)>& work) { as(admin, work); }
    void as_nobody(const std::function<void(Session&)>& work) { as({}, work); }
    State& state();

    // POSTs a form to the login service: "/oauth2/v2.0/token" of the tenant unless the path says otherwise.
    http::Response post_login(const std::string& path,
                              const std::vector<std::pair<std::string, std::string>>& form);
    http::Response get_login(const std::string& path_and_query);

    // An application with a service principal and a client secret that is valid for a year.
    entra::ServicePrincipal add_application(const std::string& name, const std::string& secret);
    // A resource group, a user-assigned identity in it, a running machine with that identity block.
    void add_group(const std::string& name);
    entra::ServicePrincipal add_identity(const std::string& group, const std::string& name);
    arm::ResourceId add_machine(const std::string& group, const std::string& name, bool system,
                                const std::vector<std::string>& identities);

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace azid::test
