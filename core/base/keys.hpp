// Where private keys come from. Making one takes a tenth of a second, so it never happens inside a
// transaction: when none is ready, take() throws KeyWanted; whoever runs the transaction ends it, makes a key
// and runs it again.
#pragma once

#include <string>
#include <vector>

namespace azid {

struct KeyWanted {};

class KeyPool {
  public:
    // A fresh RSA-2048 private key as PEM. Throws KeyWanted when none is ready.
    std::string take();
    void add(std::string pem) { ready_.push_back(std::move(pem)); }
    // Makes what was taken ready again: the transaction that took it was rolled back.
    void rewind() { next_ = 0; }

  private:
    std::vector<std::string> ready_;
    std::size_t next_ = 0;
};

}  // namespace azid
