#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>

#include "tests/support/http_server.h"

namespace inodeck::test {

namespace {

template <auto Free> struct Freed {
    template <typename T> void operator()(T* handle) const { Free(handle); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;

void need(bool done, const char* what) {
    if (!done)
        throw std::runtime_error(std::string("no test certificate: ") + what);
}

std::string textOf(const Bio& bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string pemOf(X509* cert) {
    const Bio bio(BIO_new(BIO_s_mem()));
    need(PEM_write_bio_X509(bio.get(), cert) == 1, "PEM");
    return textOf(bio);
}

std::string pemOf(EVP_PKEY* key) {
    const Bio bio(BIO_new(BIO_s_mem()));
    need(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
         "PEM of the key");
    return textOf(bio);
}

Cert unsignedCertificate(EVP_PKEY* key, const char* commonName, long serial, long from, long to) {
    Cert cert(X509_new());
    X509_set_version(cert.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), serial);
    X509_gmtime_adj(X509_getm_notBefore(cert.get()), from);
    X509_gmtime_adj(X509_getm_notAfter(cert.get()), to);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(cert.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(commonName), -1, -1, 0);
    need(X509_set_pubkey(cert.get(), key) == 1, "public key");
    return cert;
}

void extend(X509* cert, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, cert, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    need(extension != nullptr, "extension");
    X509_add_ext(cert, extension, -1);
    X509_EXTENSION_free(extension);
}

} // namespace

struct Authority::Private {
    Key key{EVP_EC_gen("P-256")};
    Cert cert;
};

Authority::Authority()
    : d(std::make_unique<Private>()) {
    d->cert = unsignedCertificate(d->key.get(), "Inodeck test CA", 1, -86400, 86400);
    X509* cert = d->cert.get();
    X509_set_issuer_name(cert, X509_get_subject_name(cert));
    extend(cert, cert, NID_basic_constraints, "critical,CA:TRUE");
    extend(cert, cert, NID_key_usage, "critical,keyCertSign,cRLSign");
    extend(cert, cert, NID_subject_key_identifier, "hash");
    need(X509_sign(cert, d->key.get(), EVP_sha256()) > 0, "signature of the CA");
}

Authority::~Authority() = default;

std::string Authority::pem() const {
    return pemOf(d->cert.get());
}

Certificate Authority::issue(const std::string& name, long from, long to) const {
    const Key key(EVP_EC_gen("P-256"));
    const Cert cert = unsignedCertificate(key.get(), "server", 2, from, to);
    X509_set_issuer_name(cert.get(), X509_get_subject_name(d->cert.get()));
    extend(cert.get(), d->cert.get(), NID_authority_key_identifier, "keyid:always");
    extend(cert.get(), d->cert.get(), NID_subject_alt_name, name);
    need(X509_sign(cert.get(), d->key.get(), EVP_sha256()) > 0, "signature");
    return {pemOf(cert.get()), pemOf(key.get())};
}

} // namespace inodeck::test
