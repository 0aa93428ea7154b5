#include "core/crypto/signed_document.hpp"

#include "core/crypto/certificate_parts.hpp"

#include <openssl/cms.h>
#include <openssl/pem.h>

namespace azid::crypto {

std::string signed_document(std::string_view content, const KeyAndCertificate& signer) {
    const X509Owner certificate(
        PEM_read_bio_X509(reading(signer.certificate_pem).get(), nullptr, nullptr, nullptr));
    const Key key(PEM_read_bio_PrivateKey(reading(signer.key_pem).get(), nullptr, nullptr, nullptr));
    require(certificate != nullptr && key != nullptr, "the signer cannot be read");
    const Bio text = reading(content);
    const std::unique_ptr<CMS_ContentInfo, Release<CMS_ContentInfo_free>> message(
        CMS_sign(certificate.get(), key.get(), nullptr, text.get(), CMS_BINARY));
    require(message != nullptr, "signed document");
    const Bio out = writing();
    require(i2d_CMS_bio(out.get(), message.get()) == 1, "signed document");
    return contents(out);
}

}  // namespace azid::crypto
