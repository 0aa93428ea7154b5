#include "core/crypto/rsa_key.hpp"

#include "core/crypto/openssl.hpp"
#include "core/crypto/vault_key.hpp"

#include <optional>
#include <utility>

namespace azid::crypto {

namespace {

Number less_one(const Number& number) {
    Number less(BN_dup(number.get()));
    BN_sub_word(less.get(), 1);
    return less;
}

KeyNumbers numbers_of(Number p, Number q, BN_CTX* scratch) {
    if (BN_cmp(p.get(), q.get()) < 0) std::swap(p, q);
    const Number n(BN_new());
    const Number e(BN_new());
    const Number common(BN_new());
    const Number product(BN_new());
    const Number p1 = less_one(p);
    const Number q1 = less_one(q);
    BN_set_word(e.get(), rsa_public_exponent);
    BN_mul(n.get(), p.get(), q.get(), scratch);
    BN_gcd(common.get(), p1.get(), q1.get(), scratch);
    BN_mul(product.get(), p1.get(), q1.get(), scratch);
    BN_div(product.get(), nullptr, product.get(), common.get(), scratch);
    const Number d(BN_mod_inverse(nullptr, e.get(), product.get(), scratch));
    const Number qi(BN_mod_inverse(nullptr, q.get(), p.get(), scratch));
    require(d != nullptr && qi != nullptr, "inverse");
    const Number dp(BN_new());
    const Number dq(BN_new());
    BN_mod(dp.get(), d.get(), p1.get(), scratch);
    BN_mod(dq.get(), d.get(), q1.get(), scratch);
    KeyNumbers numbers;
    numbers.kind = "RSA";
    const std::pair<std::string*, const Number*> members[] = {
        {&numbers.n, &n}, {&numbers.e, &e},   {&numbers.d, &d},   {&numbers.p, &p},
        {&numbers.q, &q}, {&numbers.dp, &dp}, {&numbers.dq, &dq}, {&numbers.qi, &qi}};
    for (const auto& [bytes, number] : members) *bytes = bytes_of(*number);
    return numbers;
}

// A prime of that many bits with the two uppermost set, so that a product of two is of full length.
std::string new_prime(int bits, BN_CTX* scratch) {
    Number prime(BN_new());
    do require(BN_generate_prime_ex2(prime.get(), bits, 0, nullptr, nullptr, nullptr, scratch) == 1, "prime");
    while (BN_mod_word(prime.get(), rsa_public_exponent) == 1);
    return bytes_of(prime);
}

}  // namespace

std::string rsa_key_pem_of(std::string_view p, std::string_view q) {
    const Scratch scratch(BN_CTX_new());
    const std::optional<VaultKey> key =
        VaultKey::from_numbers(numbers_of(number_of(p), number_of(q), scratch.get()));
    require(key.has_value(), "key of two primes");
    return key->pem();
}

std::string new_rsa_key_pem(int bits) {
    const Scratch scratch(BN_CTX_new());
    const std::string p = new_prime(bits / 2, scratch.get());
    std::string q = p;
    while (q == p) q = new_prime(bits / 2, scratch.get());
    return rsa_key_pem_of(p, q);
}

}  // namespace azid::crypto
