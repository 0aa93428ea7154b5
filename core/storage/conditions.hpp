// The conditional headers of a request to the blob service.
#pragma once

#include "core/base/http.hpp"
#include "core/storage/blobs.hpp"

namespace azid::storage {

// If-Match, If-None-Match, If-Modified-Since and If-Unmodified-Since; what is not sent is empty. Throws Error
// (fault::invalid_header_value) for a date that is not one of HTTP's.
Precondition precondition_of(const http::Request& request);

}  // namespace azid::storage
