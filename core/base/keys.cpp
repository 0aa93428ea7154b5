#include "core/base/keys.hpp"

namespace azid {

std::string KeyPool::take(int bits) {
    for (Ready& key : ready_) {
        if (key.taken || key.bits != bits) continue;
        key.taken = true;
        return key.pem;
    }
    throw KeyWanted{bits};
}

}  // namespace azid
