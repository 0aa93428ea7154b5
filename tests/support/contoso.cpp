#include "support/contoso.hpp"

#include "core/arm/ports.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/rights.hpp"
#include "core/entra/service_principals.hpp"
#include "core/events/ports.hpp"
#include "store/state.hpp"

namespace azid::test {

namespace {

entra::User person(const char* id, const char* name, const char* nickname) {
    entra::User user;
    user.id = id;
    user.tenant_id = Contoso::tenant;
    user.user_principal_name = std::string(nickname) + "@contoso.onmicrosoft.com";
    user.display_name = name;
    user.mail_nickname = nickname;
    user.created = test_instant();
    return user;
}

Caller caller_for(const entra::User& user) {
    Caller caller;
    caller.object_id = user.id;
    caller.tenant_id = user.tenant_id;
    caller.name = user.user_principal_name;
    return caller;
}

entra::ServicePrincipal graph() {
    entra::ServicePrincipal principal;
    principal.id = Contoso::graph_id;
    principal.tenant_id = Contoso::tenant;
    principal.app_id = entra::graph_app_id;
    principal.display_name = "Microsoft Graph";
    principal.type = "Application";
    principal.names = {principal.app_id, "https://graph.microsoft.com"};
    principal.created = test_instant();
    return principal;
}

}  // namespace

Contoso::Contoso() : state(store::open_state(folder.file("state.db"))) {
    write(*state, [this](Session& session) {
        session.entra.save(entra::Tenant{tenant, "Contoso", "contoso.onmicrosoft.com"});
        session.arm.save(arm::Subscription{subscription, "Lessons", tenant, "Enabled"});
        session.arm.save(arm::Group{subscription, "rg1", "westeurope", "", "", session.now});
        const entra::User admin = person(admin_id, "Admin", "admin");
        const entra::User ann = person(ann_id, "Ann Lee", "ann");
        session.entra.save(admin);
        session.entra.save(ann);
        session.entra.save(graph());
        session.entra.save(entra::DirectoryRoleAssignment{"seed", tenant, admin.id,
                                                          std::string(entra::global_administrator), "/"});
        admin_caller = caller_for(admin);
        ann_caller = caller_for(ann);
        identity = entra::create_managed_identity_principal(
            session,
            std::string("/subscriptions/") + subscription +
                "/resourceGroups/rg1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1",
            "id1", true);
        identity_caller.object_id = identity.id;
        identity_caller.tenant_id = tenant;
        identity_caller.name = identity.app_id;
        identity_caller.app_id = identity.app_id;
        identity_caller.is_user = false;
    });
}

void Contoso::as(const Caller& caller, const std::function<void(Session&)>& work) {
    write(*state, [&](Session& session) {
        session.caller = caller;
        work(session);
    });
}

}  // namespace azid::test
