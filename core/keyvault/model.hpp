// What Key Vault keeps beside the ARM resource of a vault.
#pragma once

#include "core/base/time.hpp"

#include <optional>
#include <string>

namespace azid::keyvault {

// A vault's name is taken in all of Azure until it is purged, so it stands in a table of its own.
struct Vault {
    std::string name;
    std::string resource_id;
    std::string subscription;
    std::string location;
    std::optional<Instant> deleted;
    std::optional<Instant> scheduled_purge;
    std::string resource;  // of a deleted vault: the ARM body to bring back, JSON text; empty while it lives
};

struct SecretVersion {
    std::string vault;  // the vault's name
    std::string name;
    std::string version;  // 32 lower-case hexadecimal digits
    std::string value;
    std::string content_type;  // empty for none
    std::string tags;          // JSON object text; empty for none
    bool enabled = true;
    std::optional<Instant> not_before;
    std::optional<Instant> expires;
    Instant created;
    Instant updated;
    std::optional<Instant> deleted;
    std::optional<Instant> scheduled_purge;
};

struct KeyVersion {
    std::string vault;  // the vault's name
    std::string name;
    std::string version;      // 32 lower-case hexadecimal digits
    std::string kind;         // "RSA", "EC", or with "-HSM" behind it
    std::string operations;   // what it may be used for, JSON array text
    std::string private_key;  // PKCS#8 PEM
    std::string tags;         // JSON object text; empty for none
    bool enabled = true;
    std::optional<Instant> not_before;
    std::optional<Instant> expires;
    Instant created;
    Instant updated;
    std::optional<Instant> deleted;
    std::optional<Instant> scheduled_purge;
};

// When a key is to be rotated.
struct RotationPolicy {
    std::string vault;
    std::string name;
    std::string policy;  // {"lifetimeActions", "expiryTime"}, JSON object text
    std::optional<Instant> created;
    std::optional<Instant> updated;
};

}  // namespace azid::keyvault
