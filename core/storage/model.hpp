// What Storage keeps beside the ARM resource of an account.
#pragma once

#include "core/base/time.hpp"

#include <string>

namespace azid::storage {

struct Container {
    std::string account;
    std::string name;
    std::string metadata;  // JSON object text; empty for none
    std::string etag;
    Instant changed;
};

struct Blob {
    std::string account;
    std::string container;
    std::string name;
    std::string content;
    std::string content_type;
    std::string metadata;  // JSON object text; empty for none
    std::string settings;  // JSON object text of cacheControl, contentEncoding...; empty for none
    std::string tags;      // JSON object text; empty for none
    std::string tier;      // "Cool"; empty for the account's
    std::string etag;
    Instant created;
    Instant changed;
};

// One of an account's two keys: whoever holds it may do everything with the account's data.
struct AccountKey {
    std::string account;
    std::string name;   // "key1", "key2"
    std::string value;  // base64 of 64 bytes
    Instant created;
};

}  // namespace azid::storage
