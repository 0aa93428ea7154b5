#include "core/crypto/seeded.hpp"

#include "core/base/base64.hpp"
#include "core/crypto/digest.hpp"
#include "core/crypto/openssl.hpp"
#include "core/crypto/rsa_key.hpp"

#include <bitset>
#include <vector>

namespace azid::crypto {

namespace {

constexpr std::size_t sieve_end = 1U << 16U;
// How far above a number its next prime is looked for at first; one in 700 numbers of 1024 bits is prime.
constexpr std::size_t window = 1U << 15U;

const std::vector<unsigned>& small_primes() {
    static const std::vector<unsigned> primes = [] {
        std::vector<bool> composite(sieve_end, false);
        std::vector<unsigned> found;
        for (unsigned n = 3; n < sieve_end; n += 2) {
            if (composite[n]) continue;
            found.push_back(n);
            for (std::size_t m = std::size_t{n} * n; m < sieve_end; m += n) composite[m] = true;
        }
        return found;
    }();
    return primes;
}

// Which of start, start + 2, start + 4 ... no small prime divides.
std::vector<bool> sieved(const BIGNUM* start) {
    std::vector<bool> open(window, true);
    for (const unsigned prime : small_primes()) {
        const auto rest = static_cast<unsigned>(BN_mod_word(start, prime));
        // The smallest k with start + 2k divisible.
        const unsigned gap = rest == 0 ? 0 : prime - rest;
        for (std::size_t k = gap % 2 == 0 ? gap / 2 : (gap + prime) / 2; k < window; k += prime)
            open[k] = false;
    }
    return open;
}

// Fermat's test to the base 2: quick, and wrong about hardly any number; BN_check_prime has the last word.
bool may_be_prime(const BIGNUM* number, BN_CTX* scratch) {
    const Number two(BN_new());
    const Number power(BN_new());
    const Number result(BN_new());
    BN_set_word(two.get(), 2);
    BN_copy(power.get(), number);
    BN_sub_word(power.get(), 1);
    require(BN_mod_exp_mont_consttime(result.get(), two.get(), power.get(), number, scratch, nullptr) == 1,
            "power");
    return BN_is_one(result.get()) == 1;
}

// The first prime from the number on that is not 1 modulo the public exponent.
Number next_prime(Number number, BN_CTX* scratch) {
    for (;;) {
        const std::vector<bool> open = sieved(number.get());
        for (std::size_t k = 0; k < window; ++k) {
            if (!open[k]) continue;
            Number candidate(BN_dup(number.get()));
            BN_add_word(candidate.get(), 2 * k);
            if (BN_mod_word(candidate.get(), rsa_public_exponent) == 1) continue;
            if (may_be_prime(candidate.get(), scratch) &&
                BN_check_prime(candidate.get(), scratch, nullptr) == 1)
                return candidate;
        }
        BN_add_word(number.get(), 2 * window);
    }
}

// A prime of that many bits with the two uppermost set, so that a product of two is of full length.
Number prime_from(Random& random, int bits, BN_CTX* scratch) {
    Number start = number_of(random.bytes(static_cast<std::size_t>(bits) / 8));
    require(start != nullptr, "number");
    for (const int bit : {bits - 1, bits - 2, 0}) BN_set_bit(start.get(), bit);
    return next_prime(std::move(start), scratch);
}

}  // namespace

std::string SeededRandom::bytes(std::size_t count) {
    std::string out;
    while (out.size() < count) {
        if (left_.empty()) left_ = hmac_sha256(seed_, std::to_string(next_++));
        const std::size_t taken = std::min(left_.size(), count - out.size());
        out.append(left_, 0, taken);
        left_.erase(0, taken);
    }
    return out;
}

std::string derived_seed(std::string_view seed, std::string_view part) {
    return hex_lower(hmac_sha256(seed, part));
}

std::string seeded_rsa_key_pem(std::string_view seed, int bits) {
    SeededRandom random(derived_seed(seed, "RSA " + std::to_string(bits)));
    const Scratch scratch(BN_CTX_new());
    const std::string p = bytes_of(prime_from(random, bits / 2, scratch.get()));
    std::string q = p;
    while (q == p) q = bytes_of(prime_from(random, bits / 2, scratch.get()));
    return rsa_key_pem_of(p, q);
}

}  // namespace azid::crypto
