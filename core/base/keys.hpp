// Where private keys come from, and the public ones of outside token issuers. Making the former takes a tenth
// of a second and asking for the latter longer, so neither happens inside a transaction: when one is not
// ready, KeyWanted or IssuerKeysWanted is thrown; whoever runs the transaction ends it, gets the key and runs
// it again.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace azid {

struct KeyWanted {
    int bits = 2048;
    std::string seed;  // what the key is to be made of, in a seeded state; empty: of the system's dice
};

struct IssuerKeysWanted {
    std::string issuer;  // the https URL that stands in its tokens
    std::string kid;     // of the key that is looked for; empty: any
};

// What an issuer was found to publish.
struct IssuerKeys {
    std::string keys;     // a JSON Web Key Set as it came; empty when there is none to be had
    std::string failure;  // then why, a phrase without a full stop
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
    // What the issuer publishes. Throws IssuerKeysWanted when that is not known here.
    const IssuerKeys& published(const std::string& issuer, const std::string& kid) const;
    void add(const std::string& issuer, IssuerKeys keys) { published_[issuer] = std::move(keys); }
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
    std::map<std::string, IssuerKeys> published_;
};

}  // namespace azid
