// What a seeded state draws in place of the system's dice: the same bytes and the same keys from the same
// seed, whatever the version of OpenSSL. Whoever knows the seed knows them all.
#pragma once

#include "core/base/random.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace azid::crypto {

// A stream of bytes: HMAC-SHA256 of (seed, block number), block after block.
class SeededRandom : public Random {
  public:
    explicit SeededRandom(std::string seed) : seed_(std::move(seed)) {}
    std::string bytes(std::size_t count) override;

  private:
    std::string seed_;
    std::string left_;  // of the last block
    std::uint64_t next_ = 0;
};

// The seed of one part of what a seed stands for: of one transaction, of its keys.
std::string derived_seed(std::string_view seed, std::string_view part);

// The RSA key of that seed as PKCS#8 PEM: its primes are the first ones that fit at or above two numbers from
// the seed's stream, so that nothing rests on how OpenSSL looks for primes. Takes 0.05 s and more.
std::string seeded_rsa_key_pem(std::string_view seed, int bits = 2048);

}  // namespace azid::crypto
