#include "core/settings/settings.hpp"

#include "core/account/ports.hpp"
#include "core/base/error.hpp"
#include "support/group_world.hpp"

#include <doctest/doctest.h>

using namespace azid;

namespace {

std::string kept(std::string_view name, std::string_view value) {
    try {
        return settings::checked(*settings::find(name), value);
    } catch (const Error& error) {
        return "refused";
    }
}

}  // namespace

TEST_CASE("a setting's value is checked and kept in one form") {
    CHECK(kept("throttle", "ON") == "on");
    CHECK(kept("throttle", "yes") == "refused");
    CHECK(kept("ENTRA.replication", "Seeded:30") == "seeded:30");
    CHECK(kept("entra.replication", "seeded:10m") == "seeded:600");
    CHECK(kept("entra.replication", "seeded:0") == "off");
    for (const char* bad : {"", "30", "seeded", "seeded:", "seeded:-1", "seeded:x", "seeded:1.5", "on",
                            "seeded:99999999", "seeded: 3"}) {
        CAPTURE(bad);
        CHECK(kept("entra.replication", bad) == "refused");
    }
    CHECK(kept("provisioning.time", "30") == "30");
    CHECK(kept("provisioning.time", "seeded:30") == "seeded:30");
    CHECK(kept("certificates.rollAfterDays", "45") == "45");
    CHECK(kept("certificates.rollAfterDays", "0") == "refused");
    CHECK(kept("certificates.rollAfterDays", "90") == "refused");
}

TEST_CASE("every setting's default and proposals are among what it allows") {
    for (const settings::Setting& setting : settings::table) {
        CAPTURE(setting.name);
        CHECK(kept(setting.name, setting.fallback) == setting.fallback);
        for (const std::string& proposal : settings::proposals(setting))
            CHECK(kept(setting.name, proposal) == proposal);
    }
}

TEST_CASE("a setting is read by its type") {
    test::GroupWorld world;
    world.as_admin([](Session& session) {
        CHECK(settings::number(session, settings::certificates_roll_after_days) == 46);
        CHECK(settings::lag(session, settings::entra_replication).count() == 0);
        CHECK(!settings::is_on(session, settings::throttle));
        session.account.save_own_setting(settings::entra_replication, "seeded:30");
        session.account.save_own_setting(settings::provisioning_time, "5");
        session.account.save_own_setting(settings::throttle, "written by hand");
        CHECK(settings::lag(session, settings::entra_replication).count() == 30);
        CHECK(settings::lag(session, settings::provisioning_time).count() == 5);
        CHECK(!settings::is_on(session, settings::throttle));
    });
}
