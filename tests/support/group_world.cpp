#include "support/group_world.hpp"

#include "core/account/caller.hpp"
#include "core/account/seed.hpp"
#include "core/arm/groups.hpp"
#include "core/base/random.hpp"
#include "core/crypto/key.hpp"
#include "core/entra/ports.hpp"
#include "core/rbac/model.hpp"
#include "core/rbac/ports.hpp"
#include "store/state.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace azid::test {

std::string HashRandom::bytes(std::size_t count) {
    std::string out;
    while (out.size() < count) out += crypto::sha256(std::to_string(next_++));
    return out.substr(0, count);
}

GroupWorld::GroupWorld() : state_(store::open_state(folder_.file("state.db"))) {
    account::seed_if_new(*state_, {}, test_instant(), random_);
    read(*state_, [&](Session& session) {
        const account::Profile profile = account::current_profile(session, "");
        subscription_ = profile.subscription;
        admin_ = profile.principal_id;
    });
    as_admin([&](Session& session) {
        arm::put_group(session, subscription_, "rg", {{"location", "westeurope"}});
    });
}

void GroupWorld::as_admin(const std::function<void(Session&)>& work) { as(admin_, work); }

void GroupWorld::as(const std::string& object_id, const std::function<void(Session&)>& work) {
    KeyPool keys;
    const std::unique_ptr<Transaction> transaction = state_->begin();
    Session looking = transaction->session({}, test_instant(), random_, keys);
    account::Profile profile = account::current_profile(looking, "");
    profile.principal_id = object_id;
    profile.sign_in = looking.entra.find_service_principal(object_id) ? account::SignIn::service_principal
                                                                      : account::SignIn::user;
    Session session =
        transaction->session(account::caller_of(looking, profile), test_instant(), random_, keys);
    work(session);
    transaction->commit();
}

std::string GroupWorld::add_user(const std::string& name,
                                 const std::vector<std::pair<std::string, std::string>>& roles_at_scopes) {
    std::string id;
    as_admin([&](Session& session) {
        entra::User user;
        user.id = id = new_guid(random_);
        user.tenant_id = session.caller.tenant_id;
        user.user_principal_name = name + "@contoso.onmicrosoft.com";
        user.display_name = name;
        session.entra.save(user);
        for (const auto& [role, scope] : roles_at_scopes) {
            const std::vector<rbac::RoleDefinition> found = session.rbac.role_definitions_named(role);
            if (found.empty()) throw std::runtime_error("no role " + role);
            rbac::RoleAssignment assignment;
            assignment.name = new_guid(random_);
            assignment.scope = scope;
            assignment.role_definition_id = found.front().name;
            assignment.principal_id = id;
            assignment.principal_type = "User";
            assignment.created_on = assignment.updated_on = session.now;
            session.rbac.save(assignment);
        }
    });
    return id;
}

arm::ResourceId GroupWorld::id(const std::string& provider, const std::string& type,
                               const std::string& name) const {
    return {subscription_, "rg", provider, {{type, name}}};
}

arm::ResourceId GroupWorld::machine(const std::string& name) const {
    return id("Microsoft.Compute", "virtualMachines", name);
}

}  // namespace azid::test
