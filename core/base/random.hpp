// The source of everything that Azure would choose at random; handed in, so that a run can be repeated.
#pragma once

#include <cstddef>
#include <string>

namespace azid {

class Random {
  public:
    virtual ~Random() = default;
    // That many random bytes.
    virtual std::string bytes(std::size_t count) = 0;
};

// A version 4 GUID, lower case.
std::string new_guid(Random& random);
// Lower-case hexadecimal digits, as many as asked for.
std::string new_hex(Random& random, std::size_t digits);

}  // namespace azid
