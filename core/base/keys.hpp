// Where private keys come from. Making one takes a tenth of a second, so it never happens inside a
// transaction: when none is ready, take() throws KeyWanted; whoever runs the transaction ends it, makes a key
// and runs it again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azid {

struct KeyWanted {
    int bits = 2048;
    std::string seed;  // what the key is to be made of, in a seeded state; empty: of the system's dice
};

class KeyPool {
  public:
    // A fresh RSA private key of that many bits as PEM. Throws KeyWanted when none is ready.
    std::string take(int bits = 2048);
    // In a seeded state: what the keys wanted from here on are to be made of, other for every transaction.
    // Drops those that were made of something else. Empty: the state has no seed.
    void draw_from(std::string_view seed);
    bool is_seeded() const { return !seed_.empty(); }
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
    std::string seed_;
};

}  // namespace azid
