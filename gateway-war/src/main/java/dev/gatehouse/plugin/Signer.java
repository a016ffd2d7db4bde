package dev.gatehouse.plugin;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

import dev.gatehouse.digest.Sha256;

/**
 * Who signed a jar.
 *
 * @param subject the subject of the certificate, for people; anybody can write anything there
 * @param sha256 the SHA-256 of the certificate, 64 lower-case hexadecimal digits
 */
record Signer(String subject, String sha256) {

    static Signer of(X509Certificate certificate) throws CertificateEncodingException {
        return new Signer(certificate.getSubjectX500Principal().getName(), Sha256.hex(certificate.getEncoded()));
    }

    @Override
    public String toString() {
        return "signer-sha256:" + sha256 + " (" + subject + ")";
    }
}
