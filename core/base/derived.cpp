#include "core/base/derived.hpp"

#include "core/base/random.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace azid {

namespace {

class Derived : public Random {
  public:
    explicit Derived(std::string_view text) : text_(text) {}
    std::string bytes(std::size_t count) override { return derived_bytes(text_, count); }

  private:
    std::string_view text_;
};

}  // namespace

std::string derived_bytes(std::string_view text, std::size_t count) {
    constexpr std::size_t words_that_mix = 8;
    std::vector<std::uint32_t> given;
    for (const char letter : text) given.push_back(static_cast<unsigned char>(letter));
    std::vector<std::uint32_t> mixed(std::max(words_that_mix, (count + 3) / 4));
    std::seed_seq(given.begin(), given.end()).generate(mixed.begin(), mixed.end());
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(mixed[i / 4] >> (i % 4 * 8) & 0xFFU);
    return bytes;
}

std::string derived_guid(std::string_view text) {
    Derived derived(text);
    return new_guid(derived);
}

}  // namespace azid
