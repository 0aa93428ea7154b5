#include "support/world.hpp"

#include "core/account/seed.hpp"
#include "core/arm/groups.hpp"
#include "core/arm/ports.hpp"
#include "core/base/json.hpp"
#include "core/compute/ports.hpp"
#include "core/crypto/key.hpp"
#include "core/crypto/secret.hpp"
#include "core/entra/login_http.hpp"
#include "core/entra/ports.hpp"
#include "core/entra/service_principals.hpp"
#include "core/msi/identities.hpp"
#include "store/state.hpp"
#include "support/keys.hpp"
#include "support/scratch.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace azid::test {

namespace {

// The same bytes in every run, and no two calls alike.
class RepeatableRandom : public Random {
  public:
    explicit RepeatableRandom(std::string seed) : seed_(std::move(seed)) {}

    std::string bytes(std::size_t count) override {
        std::string bytes;
        while (bytes.size() < count) bytes += crypto::sha256(seed_ + std::to_string(next_++));
        return bytes.substr(0, count);
    }

  private:
    std::string seed_;
    unsigned next_ = 0;
};

// Seeding stores 707 roles: done once a run, every world begins with a copy.
const std::string& seeded_file() {
    static const ScratchFolder folder;
    static const std::string path = folder.file("seeded.db");
    if (std::filesystem::exists(path)) return path;
    RepeatableRandom random("seed");
    const std::unique_ptr<State> state = store::open_state(path);
    account::seed_if_new(*state, {}, test_instant(), random);
    state->checkpoint();
    return path;
}

}  // namespace

struct World::Inside {
    Inside() {
        std::filesystem::copy_file(seeded_file(), folder.file("state.db"));
        state = store::open_state(folder.file("state.db"));
    }

    ScratchFolder folder;
    RepeatableRandom random{"world"};
    std::unique_ptr<State> state;
    int keys_used = 0;
};

World::World() : now(test_instant()), inside_(std::make_unique<Inside>()) {
    as_nobody([&](Session& session) {
        tenant = session.entra.tenants().front();
        subscription = session.arm.subscriptions().front().id;
        const entra::User user = session.entra.users(tenant.id).front();
        admin.object_id = user.id;
        admin.tenant_id = tenant.id;
        admin.name = user.user_principal_name;
    });
}

World::~World() = default;

State& World::state() { return *inside_->state; }

void World::as(const Caller& caller, const std::function<void(Session&)>& work) {
    KeyPool keys;
    for (;;) {
        const std::unique_ptr<Transaction> transaction = inside_->state->begin();
        Session session = transaction->session(caller, now, inside_->random, keys);
        try {
            work(session);
            transaction->commit();
            return;
        } catch (const KeyWanted&) {
            keys.rewind();
            keys.add(rsa_key_pem(inside_->keys_used++));
        }
    }
}

http::Response World::post_login(const std::string& path,
                                 const std::vector<std::pair<std::string, std::string>>& form) {
    http::Request request;
    request.method = "POST";
    request.host = "login.microsoftonline.com";
    request.path = path.starts_with("/oauth2") ? "/" + tenant.id + path : path;
    for (const auto& [name, value] : form)
        request.body += (request.body.empty() ? "" : "&") + name + "=" + http::url_encoded(value);
    http::Response response;
    as_nobody([&](Session& session) { response = entra::answer_login(session, request); });
    return response;
}

http::Response World::get_login(const std::string& path_and_query) {
    http::Request request = http::request_to("https://login.microsoftonline.com" + path_and_query);
    request.method = "GET";
    http::Response response;
    as_nobody([&](Session& session) { response = entra::answer_login(session, request); });
    return response;
}

entra::ServicePrincipal World::add_application(const std::string& name, const std::string& secret) {
    entra::ServicePrincipal principal;
    as_nobody([&](Session& session) {
        const entra::Application application{
            new_guid(session.random), tenant.id, new_guid(session.random), name, {}, "[]", now, {}};
        session.entra.save(application);
        principal = {.id = new_guid(session.random),
                     .tenant_id = tenant.id,
                     .app_id = application.app_id,
                     .display_name = name,
                     .type = "Application",
                     .resource_id = {},
                     .names = {application.app_id},
                     .created = now,
                     .properties = {}};
        session.entra.save(principal);
        session.entra.save(entra::Secret{new_guid(session.random), application.id, "", secret.substr(0, 3),
                                         crypto::hash_secret(secret, session.random.bytes(16)), now,
                                         now + std::chrono::days(365)});
    });
    return principal;
}

void World::add_group(const std::string& name) {
    as_admin([&](Session& session) {
        arm::put_group(session, subscription, name, Json{{"location", "westeurope"}});
    });
}

entra::ServicePrincipal World::add_identity(const std::string& group, const std::string& name) {
    entra::ServicePrincipal principal;
    as_admin([&](Session& session) {
        const arm::ResourceId id(subscription, group, "Microsoft.ManagedIdentity",
                                 {{"userAssignedIdentities", name}});
        const Json made = msi::put_identity(session, id, Json{{"location", "westeurope"}});
        principal = *session.entra.find_service_principal(text_at(made["properties"], "principalId"));
    });
    return principal;
}

arm::ResourceId World::add_machine(const std::string& group, const std::string& name, bool system,
                                   const std::vector<std::string>& identities) {
    const arm::ResourceId id(subscription, group, "Microsoft.Compute", {{"virtualMachines", name}});
    as_admin([&](Session& session) {
        arm::Resource machine;
        machine.id = id;
        machine.location = "westeurope";
        machine.properties = "{}";
        machine.created = machine.changed = now;
        if (system)
            machine.identity.system_principal_id =
                entra::create_managed_identity_principal(session, id.text(), name, false).id;
        for (const std::string& identity : identities) {
            const arm::ResourceId assigned(subscription, group, "Microsoft.ManagedIdentity",
                                           {{"userAssignedIdentities", identity}});
            const Json properties = Json::parse(session.arm.find_resource(assigned)->properties);
            machine.identity.user_assigned.push_back(
                {assigned.text(), text_at(properties, "principalId"), text_at(properties, "clientId")});
        }
        session.arm.save(machine);
        session.compute.save(compute::VirtualMachine{.resource_id = id.text(),
                                                     .vm_id = new_guid(session.random),
                                                     .power_state = "running",
                                                     .size = "Standard_B2s",
                                                     .os_type = "Linux",
                                                     .image = {},
                                                     .computer_name = name,
                                                     .admin_username = "azureuser",
                                                     .created = now});
    });
    return id;
}

}  // namespace azid::test
