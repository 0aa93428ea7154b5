#include "cli/server/certificate_choice.hpp"

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <exception>
#include <memory>

namespace azid::server {

namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using X509s = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Bio reader(const std::string& text) {
    return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

X509s next_certificate(const Bio& chain) {
    return {PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr), &X509_free};
}

bool use(SSL* ssl, const Identity& identity) {
    const Bio chain = reader(identity.chain_pem);
    const X509s leaf = next_certificate(chain);
    if (!leaf || SSL_use_certificate(ssl, leaf.get()) != 1) return false;
    for (X509s next = next_certificate(chain); next; next = next_certificate(chain))
        if (SSL_add1_chain_cert(ssl, next.get()) != 1) return false;
    const Bio key_text = reader(identity.key_pem);
    const Key key(PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
    return key && SSL_use_PrivateKey(ssl, key.get()) == 1;
}

int choose(SSL* ssl, void* given) {
    const Settings& settings = *static_cast<const Settings*>(given);
    const char* const name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    try {
        const std::optional<Identity> identity = settings.identity(name == nullptr ? "" : name);
        return identity && use(ssl, *identity) ? 1 : 0;
    } catch (const std::exception&) {
        return 0;
    }
}

}  // namespace

void choose_certificates(ssl_ctx_st* context, const Settings& settings) {
    SSL_CTX_set_cert_cb(context, &choose, const_cast<Settings*>(&settings));
}

}  // namespace azid::server
