// Public keys as SSH writes them (RFC 4253, 6.6).
#pragma once

#include <string>
#include <string_view>

namespace azid::crypto {
class PublicKey;
}

namespace azid::compute {

// "ssh-rsa AAAA...", as in authorized_keys, without a comment.
std::string ssh_public_key(const crypto::PublicKey& key);

// Whether the text is a public key that Azure takes for Linux machines: ssh-rsa or ssh-ed25519 whose base64
// begins with that same name.
bool is_ssh_public_key(std::string_view text);

}  // namespace azid::compute
