package dev.gatehouse.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

import dev.gatehouse.digest.Sha256;
import jdk.security.jarsigner.JarSigner;

import static org.assertj.core.api.Assertions.assertThat;

/** A key pair with a certificate of its own, which signs jars. */
final class TestSigner {

    private static final String PASSWORD = "not-a-secret";

    private final KeyStore.PrivateKeyEntry key;
    private final String name;

    private TestSigner(KeyStore.PrivateKeyEntry key, String name) {
        this.key = key;
        this.name = name;
    }

    static TestSigner of(String name) {
        try {
            Path folder = Files.createTempDirectory("signer");
            Path keys = folder.resolve(name + ".p12");
            runKeytool(keys, name);
            KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
            Files.delete(keys);
            Files.delete(folder);
            var protection = new KeyStore.PasswordProtection(PASSWORD.toCharArray());
            return new TestSigner((KeyStore.PrivateKeyEntry) store.getEntry(name, protection), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JDK makes certificates by this tool only. */
    private static void runKeytool(Path keys, String name) throws IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-keystore",
                        keys.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Signs a jar, and puts the result beside it. */
    Path sign(Path jar, String as) {
        Path signed = jar.resolveSibling(as);
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key)
                    .signerName(name.toUpperCase(java.util.Locale.ROOT))
                    .build()
                    .sign(in, out);
            return signed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The SHA-256 of the certificate. */
    String sha256() {
        try {
            return HexFormat.of()
                    .formatHex(Sha256.begin().digest(key.getCertificate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Path writeCertificate(Path file) {
        try {
            byte[] der = key.getCertificate().getEncoded();
            return Files.writeString(
                    file,
                    "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der)
                            + "\n-----END CERTIFICATE-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a jar holds under a name. */
    static byte[] entry(Path jar, String name) {
        try (ZipFile file = new ZipFile(jar.toFile());
                InputStream in = file.getInputStream(file.getEntry(name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
