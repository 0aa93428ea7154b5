// What Key Vault needs stored.
#pragma once

#include "core/keyvault/model.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace azid::keyvault {

class Store {
  public:
    virtual ~Store() = default;

    // Live and deleted ones.
    virtual std::vector<Vault> vaults() = 0;
    virtual std::optional<Vault> find_vault(std::string_view name) = 0;
    virtual void save(const Vault& vault) = 0;
    // Purges it: its secrets go with it.
    virtual void erase_vault(std::string_view name) = 0;

    // All versions of all secrets of a vault, deleted ones too, by name and then newest first.
    virtual std::vector<SecretVersion> secrets(std::string_view vault) = 0;
    // All versions of one secret, newest first; empty when there is none.
    virtual std::vector<SecretVersion> secret_versions(std::string_view vault, std::string_view name) = 0;
    virtual void save(const SecretVersion& version) = 0;
    virtual void erase_secret(std::string_view vault, std::string_view name) = 0;

    // The same of keys. A key's rotation policy goes with it.
    virtual std::vector<KeyVersion> keys(std::string_view vault) = 0;
    virtual std::vector<KeyVersion> key_versions(std::string_view vault, std::string_view name) = 0;
    virtual void save(const KeyVersion& version) = 0;
    virtual void erase_key(std::string_view vault, std::string_view name) = 0;
    // Empty when the key was given none.
    virtual std::optional<RotationPolicy> rotation_policy(std::string_view vault, std::string_view name) = 0;
    virtual void save(const RotationPolicy& policy) = 0;
};

}  // namespace azid::keyvault
