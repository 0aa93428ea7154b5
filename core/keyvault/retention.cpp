#include "core/keyvault/retention.hpp"

#include "core/keyvault/ports.hpp"

namespace azid::keyvault {

namespace {

template <class Thing>
bool has_run_out(const Thing& thing, Instant now) {
    return thing.deleted && thing.scheduled_purge && *thing.scheduled_purge <= now;
}

template <class Thing>
std::vector<Thing> still_known(std::vector<Thing> things, Instant now) {
    std::erase_if(things, [&](const Thing& thing) { return has_run_out(thing, now); });
    return things;
}

}  // namespace

std::optional<Vault> known_vault(Session& session, std::string_view name) {
    std::optional<Vault> found = session.keyvault.find_vault(name);
    if (found && has_run_out(*found, session.now)) found.reset();
    return found;
}

std::vector<Vault> known_vaults(Session& session) {
    return still_known(session.keyvault.vaults(), session.now);
}

std::vector<SecretVersion> known_secrets(Session& session, std::string_view vault) {
    return still_known(session.keyvault.secrets(vault), session.now);
}

std::vector<SecretVersion> known_secret_versions(Session& session, std::string_view vault,
                                                 std::string_view name) {
    return still_known(session.keyvault.secret_versions(vault, name), session.now);
}

std::vector<KeyVersion> known_keys(Session& session, std::string_view vault) {
    return still_known(session.keyvault.keys(vault), session.now);
}

std::vector<KeyVersion> known_key_versions(Session& session, std::string_view vault, std::string_view name) {
    return still_known(session.keyvault.key_versions(vault, name), session.now);
}

void make_room_for_vault(Session& session, std::string_view name) {
    const std::optional<Vault> there = session.keyvault.find_vault(name);
    if (there && has_run_out(*there, session.now)) session.keyvault.erase_vault(there->name);
}

void make_room_for_secret(Session& session, std::string_view vault, std::string_view name) {
    const std::vector<SecretVersion> there = session.keyvault.secret_versions(vault, name);
    if (!there.empty() && has_run_out(there.front(), session.now))
        session.keyvault.erase_secret(vault, there.front().name);
}

void make_room_for_key(Session& session, std::string_view vault, std::string_view name) {
    const std::vector<KeyVersion> there = session.keyvault.key_versions(vault, name);
    if (!there.empty() && has_run_out(there.front(), session.now))
        session.keyvault.erase_key(vault, there.front().name);
}

}  // namespace azid::keyvault
