// A seeded state with the administrator signed in and a resource group "rg" in westeurope.
#pragma once

#include "core/arm/resource_id.hpp"
#include "core/base/session.hpp"
#include "support/scratch.hpp"

#include <functional>
#include <memory>
#include <string>

namespace azid::test {

// The same in every run, and never the same twice within one.
class HashRandom : public Random {
  public:
    std::string bytes(std::size_t count) override;

  private:
    unsigned next_ = 0;
};

class GroupWorld {
  public:
    GroupWorld();
    // Runs the work in a transaction of the administrator's and commits it.
    void as_admin(const std::function<void(Session&)>& work);
    // The same as another principal of the directory, made by add_user or with an identity.
    void as(const std::string& object_id, const std::function<void(Session&)>& work);
    // A user with these roles (built-in, by name) at these scopes.
    std::string add_user(const std::string& name,
                         const std::vector<std::pair<std::string, std::string>>& roles_at_scopes);

    const std::string& subscription() const { return subscription_; }
    std::string scope() const { return "/subscriptions/" + subscription_; }
    std::string group_scope() const { return scope() + "/resourceGroups/rg"; }
    arm::ResourceId id(const std::string& provider, const std::string& type, const std::string& name) const;
    arm::ResourceId machine(const std::string& name) const;
    State& state() { return *state_; }

  private:
    ScratchFolder folder_;
    std::unique_ptr<State> state_;
    HashRandom random_;
    std::string subscription_;
    std::string admin_;
};

}  // namespace azid::test
