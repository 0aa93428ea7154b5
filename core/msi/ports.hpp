// What the managed identity resource provider needs stored.
#pragma once

#include "core/msi/model.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace azid::msi {

class Store {
  public:
    virtual ~Store() = default;

    // Newest first.
    virtual std::vector<Certificate> certificates(std::string_view principal_id) = 0;
    virtual void save(const Certificate& certificate) = 0;
    virtual void erase_certificate(std::string_view key_id) = 0;

    // Ordered by name.
    virtual std::vector<FederatedCredential> federated_credentials(std::string_view identity_id) = 0;
    virtual void save(const FederatedCredential& credential) = 0;
    // False when there was none.
    virtual bool erase_federated_credential(std::string_view identity_id, std::string_view name) = 0;
};

}  // namespace azid::msi
