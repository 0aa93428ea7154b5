#include "core/base/keys.hpp"

namespace azid {

std::string KeyPool::take(int bits) {
    for (Ready& key : ready_) {
        if (key.taken || key.bits != bits) continue;
        key.taken = true;
        return key.pem;
    }
    throw KeyWanted{bits, seed_.empty() ? std::string() : seed_ + "/" + std::to_string(ready_.size())};
}

void KeyPool::draw_from(std::string_view seed) {
    if (seed == seed_) return;
    if (!seed_.empty()) ready_.clear();
    seed_ = seed;
}

const IssuerKeys& KeyPool::published(const std::string& issuer, const std::string& kid) const {
    const auto found = published_.find(issuer);
    if (found == published_.end()) throw IssuerKeysWanted{issuer, kid};
    return found->second;
}

}  // namespace azid
