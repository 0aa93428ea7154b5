#include "core/base/keys.hpp"

namespace azid {

std::string KeyPool::take() {
    if (next_ == ready_.size()) throw KeyWanted();
    return ready_[next_++];
}

}  // namespace azid
