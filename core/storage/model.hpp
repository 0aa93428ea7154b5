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
    std::string etag;
    Instant created;
    Instant changed;
};

}  // namespace azid::storage
