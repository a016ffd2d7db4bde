package dev.gatehouse.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that nobody but the tests trusts.
 *
 * @param certificate the certificate, as PEM
 * @param key its key, as PEM
 * @param both one file with both
 */
record SelfSigned(Path certificate, Path key, Path both) {

    static final String NAME = "gateway.example";

    /** Makes a certificate for {@value #NAME} and an address. */
    static SelfSigned of(String address, Path folder) throws IOException {
        SelfSigned made =
                new SelfSigned(folder.resolve("cert.pem"), folder.resolve("key.pem"), folder.resolve("both.pem"));
        List<String> command = List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + NAME,
                "-addext",
                "subjectAltName=DNS:" + NAME + ",IP:" + address,
                "-keyout",
                made.key().toString(),
                "-out",
                made.certificate().toString());
        OwnProcess.run(command, Map.of(), folder.resolve("openssl.log"), Duration.ofSeconds(30));
        Files.writeString(made.both(), TextFile.read(made.certificate()) + TextFile.read(made.key()));
        return made;
    }

    /** Makes connections to whoever has a certificate, and to nobody else. */
    static SSLSocketFactory trusting(Path certificate) {
        try (InputStream pem = Files.newInputStream(certificate)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    NAME, CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot trust " + certificate, e);
        }
    }
}
