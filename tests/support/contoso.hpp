// A small tenant for tests: Contoso with an administrator, a user without roles, a subscription, Microsoft
// Graph's service principal, and one managed identity.
#pragma once

#include "core/base/session.hpp"
#include "core/entra/model.hpp"
#include "support/scratch.hpp"

#include <functional>
#include <memory>
#include <string>

namespace azid::test {

class Contoso {
  public:
    Contoso();

    // Runs the function in a transaction as that caller and commits it.
    void as(const Caller& caller, const std::function<void(Session&)>& work);
    void as_admin(const std::function<void(Session&)>& work) { as(admin_caller, work); }

    static constexpr const char* tenant = "99999999-9999-4999-8999-999999999999";
    static constexpr const char* subscription = "11111111-1111-4111-8111-111111111111";
    static constexpr const char* admin_id = "aaaaaaaa-0000-4000-8000-000000000001";
    static constexpr const char* ann_id = "aaaaaaaa-0000-4000-8000-000000000002";
    static constexpr const char* graph_id = "aaaaaaaa-0000-4000-8000-000000000003";

    Caller admin_caller;
    Caller ann_caller;       // an ordinary user
    Caller identity_caller;  // the managed identity
    entra::ServicePrincipal identity;

    ScratchFolder folder;
    std::unique_ptr<State> state;
};

}  // namespace azid::test
