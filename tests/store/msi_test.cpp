#include "core/msi/ports.hpp"

#include "core/arm/ports.hpp"
#include "core/compute/ports.hpp"
#include "core/entra/ports.hpp"
#include "core/imds/ports.hpp"
#include "store/state.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

namespace azid::test {

namespace {

const std::string host = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/Web";

struct HostState {
    HostState() : state(store::open_state(folder.file("state.db"))) {
        write(*state, [](Session& session) {
            session.entra.save(entra::Tenant{"t", "Contoso", "contoso.onmicrosoft.com"});
            session.arm.save(arm::Subscription{"s", "Lessons", "t", "Enabled"});
            session.arm.save(arm::Group{"s", "rg", "westeurope", "", "", session.now});
            arm::Resource resource;
            resource.id = arm::ResourceId::parse(host).value();
            session.arm.save(resource);
            entra::ServicePrincipal principal;
            principal.id = "p1";
            principal.tenant_id = "t";
            principal.app_id = "a1";
            session.entra.save(principal);
        });
    }
    ScratchFolder folder;
    std::unique_ptr<State> state;
};

}  // namespace

TEST_CASE_FIXTURE(HostState, "certificates come newest first, with and without their keys") {
    const std::string der("\x30\x82\x00\x01", 4);
    write(*state, [&](Session& session) {
        const Instant later = session.now + std::chrono::hours(1);
        session.msi.save(msi::Certificate{"k1", "p1", session.now, later, "", "", ""});
        session.msi.save(msi::Certificate{"k2", "p1", later, later, "", "", ""});
        session.msi.save(msi::Certificate{"K1", "p1", session.now, later, "pem", der, "AB12"});
        const std::vector<msi::Certificate> found = session.msi.certificates("P1");
        REQUIRE(found.size() == 2);
        CHECK(found[0].key_id == "k2");
        CHECK(found[0].certificate.empty());
        CHECK(found[1].private_key == "pem");
        CHECK((found[1].certificate == der));
        CHECK(found[1].thumbprint == "AB12");
        CHECK(found[1].not_after == later);
        session.msi.erase_certificate("K2");
        CHECK(session.msi.certificates("p1").size() == 1);
    });
}

TEST_CASE_FIXTURE(HostState, "federated credentials are kept by name") {
    write(*state, [](Session& session) {
        session.msi.save(msi::FederatedCredential{host, "z", "i", "s", "a", "", 0});
        session.msi.save(msi::FederatedCredential{host, "B", "i", "s", "a", "", 0});
        session.msi.save(msi::FederatedCredential{host, "b", "i2", "s2", "a2", "", 0});
        const std::vector<msi::FederatedCredential> found = session.msi.federated_credentials(host);
        REQUIRE(found.size() == 2);
        CHECK(found[0].name == "B");
        CHECK(found[0].issuer == "i2");
        CHECK(found[0].subject == "s2");
        CHECK(found[0].audience == "a2");
        CHECK(session.msi.erase_federated_credential(host, "Z"));
        CHECK_FALSE(session.msi.erase_federated_credential(host, "Z"));
    });
}

TEST_CASE_FIXTURE(HostState, "a machine's details come back whole and are replaced by the next save") {
    compute::VirtualMachine machine{host,  "guid",  "running", "Standard_B1s", "Linux",
                                    "urn", "web01", "ann",     test_instant()};
    write(*state, [&](Session& session) { session.compute.save(machine); });
    machine.power_state = "deallocated";
    write(*state, [&](Session& session) { session.compute.save(machine); });
    read(*state, [](Session& session) {
        const std::optional<compute::VirtualMachine> found = session.compute.find_virtual_machine(host);
        REQUIRE(found);
        CHECK(found->resource_id == host);
        CHECK(found->vm_id == "guid");
        CHECK(found->power_state == "deallocated");
        CHECK(found->size == "Standard_B1s");
        CHECK(found->os_type == "Linux");
        CHECK(found->image == "urn");
        CHECK(found->computer_name == "web01");
        CHECK(found->admin_username == "ann");
        CHECK(found->created == test_instant());
    });
}

TEST_CASE_FIXTURE(HostState,
                  "a machine's tokens are kept by principal and resource until they are forgotten") {
    write(*state, [](Session& session) {
        const auto keep = [&](const char* principal, const char* resource, const char* token) {
            session.imds.save(
                {host, principal, resource, token, session.now, session.now + std::chrono::hours(1)});
        };
        keep("p1", "https://a/", "first");
        keep("p1", "https://a/", "second");
        keep("p1", "https://A/", "third");
        keep("p2", "https://a/", "fourth");
        CHECK(session.imds.find_token(host, "P1", "https://a/")->access_token == "second");
        CHECK(session.imds.find_token(host, "P1", "https://A/")->access_token == "third");
        CHECK(session.imds.find_token(host, "p1", "https://a/")->expires ==
              session.now + std::chrono::hours(1));
        session.imds.forget_tokens(host, "P1");
        CHECK_FALSE(session.imds.find_token(host, "p1", "https://a/"));
        CHECK(session.imds.find_token(host, "p2", "https://a/"));
        session.imds.forget_tokens("", "P2");
        CHECK_FALSE(session.imds.find_token(host, "p2", "https://a/"));
    });
}

TEST_CASE_FIXTURE(HostState,
                  "of a machine's tokens a commit keeps the last one, and what is dropped nobody finds") {
    const auto keep = [&](Session& session, const char* token) {
        session.imds.save(
            {host, "p1", "https://a/", token, session.now, session.now + std::chrono::hours(1)});
    };
    const auto kept = [&] {
        std::string found;
        read(*state, [&](Session& session) {
            if (const auto token = session.imds.find_token(host, "p1", "https://a/"))
                found = token->access_token;
        });
        return found;
    };
    const auto dropped = [&](Session& session) {
        keep(session, "dropped");
        throw std::runtime_error("before the commit");
    };
    CHECK_THROWS(write(*state, dropped));
    CHECK(kept().empty());
    write(*state, [&](Session& session) {
        keep(session, "first");
        keep(session, "second");
    });
    CHECK(kept() == "second");
    CHECK_THROWS(write(*state, dropped));
    CHECK(kept() == "second");
    write(*state, [&](Session& session) { keep(session, "third"); });
    CHECK(kept() == "third");
    write(*state, [&](Session& session) {
        keep(session, "fourth");
        session.imds.forget_tokens(host, "p1");
    });
    CHECK(kept().empty());
}

}  // namespace azid::test
