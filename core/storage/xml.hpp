// The XML bodies of Blob Storage, as its REST reference and recorded answers have them.
#pragma once

#include "core/base/error.hpp"
#include "core/storage/model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace azid::storage {

// The error's body, byte order mark included; details become elements of their own after the message.
std::string error_xml(const Error& error, std::string_view request_id, Instant now);

// What a list was asked for and how far it got. Empty texts and 0 stand for parameters not given.
struct Listing {
    std::string prefix;
    std::string delimiter;
    std::string marker;
    int max_results = 0;
    bool with_metadata = false;
    std::string next_marker;
};

std::string containers_xml(std::string_view account, const Listing& listing,
                           const std::vector<Container>& containers);
// The prefixes are the folders that a delimiter makes of names.
std::string blobs_xml(std::string_view account, std::string_view container, const Listing& listing,
                      const std::vector<Blob>& blobs, const std::vector<std::string>& prefixes);

}  // namespace azid::storage
