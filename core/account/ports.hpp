// Who is signed in on this state, and its settings: what az keeps in ~/.azure, azid keeps in its own file.
#pragma once

#include "core/base/text.hpp"
#include "core/clock/model.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azid::account {

enum class SignIn { user, service_principal, managed_identity };

// One line of "account list": a subscription as a signed-in principal sees it.
struct Profile {
    std::string subscription;  // id; of a tenant-level account the tenant's id
    std::string principal_id;
    std::string user_name;  // UPN, appId, or "systemAssignedIdentity"
    SignIn sign_in = SignIn::user;
    std::string assigned_identity;  // "MSI", "MSIClient-<id>" ... of a managed identity; empty otherwise
    std::string tenant_id;
    std::string name;  // the subscription's name as of sign-in
    bool is_default = false;
};

// The authority that signs the certificates of a served state. Its key is secret.
struct TlsAuthority {
    std::string key_pem;
    std::string certificate_pem;
};

// Names and values of a section, in the order in which they were set.
using Settings = std::vector<std::pair<std::string, std::string>>;
using Sections = std::map<std::string, Settings, ILess>;

struct RecentRequests {
    std::size_t count = 0;
    std::chrono::seconds oldest_leaves_in{0};
};

class Store {
  public:
    virtual ~Store() = default;

    virtual std::vector<Profile> profiles() = 0;
    virtual void save(const Profile& profile) = 0;
    virtual void erase_profiles_of(std::string_view principal_id) = 0;
    virtual void erase_all_profiles() = 0;

    // Settings by section and name, as in "core.output".
    virtual std::optional<std::string> setting(std::string_view section, std::string_view name) = 0;
    virtual Settings settings(std::string_view section) = 0;
    virtual Sections all_settings() = 0;
    virtual void save_setting(std::string_view section, std::string_view name, std::string_view value) = 0;
    // azid's own settings by name, as far as they are not at their defaults. See core/settings.
    virtual std::optional<std::string> own_setting(std::string_view name) = 0;
    virtual void save_own_setting(std::string_view name, std::string_view value) = 0;
    virtual void erase_own_setting(std::string_view name) = 0;

    // How many requests a rate limit has counted within a time before now, by the machine's monotonic clock,
    // and how long until the oldest of them no longer counts.
    virtual RecentRequests recent_requests(std::string_view bucket, std::chrono::seconds within) = 0;
    virtual void count_request(std::string_view bucket) = 0;

    // The clock; empty while it is the machine's.
    virtual std::optional<clock::Record> clock() = 0;
    virtual void save(const clock::Record& record) = 0;

    // The state's own certificate authority; empty until one was needed.
    virtual std::optional<TlsAuthority> tls_authority() = 0;
    virtual void save(const TlsAuthority& authority) = 0;

    virtual void erase_setting(std::string_view section, std::string_view name) = 0;
};

}  // namespace azid::account
