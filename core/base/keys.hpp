// Where private keys come from. Making one takes a tenth of a second, so it never happens inside a
// transaction: when none is ready, take() throws KeyWanted; whoever runs the transaction ends it, makes a key
// and runs it again.
#pragma once

#include <string>
#include <vector>

namespace azid {

struct KeyWanted {
    int bits = 2048;
};

class KeyPool {
  public:
    // A fresh RSA private key of that many bits as PEM. Throws KeyWanted when none is ready.
    std::string take(int bits = 2048);
    void add(std::string pem, int bits = 2048) { ready_.push_back({std::move(pem), bits, false}); }
    // Makes what was taken ready again: the transaction that took it was rolled back.
    void rewind() {
        for (Ready& key : ready_) key.taken = false;
    }

  private:
    struct Ready {
        std::string pem;
        int bits;
        bool taken;
    };
    std::vector<Ready> ready_;
};

}  // namespace azid
