package dev.gatehouse.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which plugins may be loaded: the setting {@code plugins.trust}.
 *
 * <p>An entry is {@code sha256:} and the hash of a jar, {@code signer-sha256:} and the hash of the certificate that the
 * whole jar is signed with, or {@code signer:} and a PEM file with such certificates.
 */
public final class PluginTrust {

    private static final String SETTING = "plugins.trust";
    private static final String JAR = "sha256:";
    private static final String SIGNER = "signer-sha256:";
    private static final String SIGNER_FILE = "signer:";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_PEM_BYTES = 256 * 1024;

    private final boolean everything;
    private final Set<String> jars = new HashSet<>();
    private final Set<String> signers = new HashSet<>();

    private PluginTrust(boolean everything) {
        this.everything = everything;
    }

    /** Trusts whoever can write to the plugins folder. */
    public static PluginTrust everything() {
        return new PluginTrust(true);
    }

    /**
     * Trusts what is listed, and nothing else; an empty list trusts nothing.
     *
     * @param entries the entries of {@code plugins.trust}
     * @param base where relative names of PEM files begin
     * @throws IllegalArgumentException with every entry that is no entry, or whose file holds no certificate, one a line
     */
    public static PluginTrust of(List<String> entries, Path base) {
        PluginTrust trust = new PluginTrust(false);
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            String place = SETTING + "[" + i + "]: ";
            trust.add(entries.get(i).strip(), base).ifPresent(problem -> problems.add(place + problem));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return trust;
    }

    /** Why a jar is not trusted, if it is not. */
    Optional<String> objection(StoredJar jar, List<Signer> wholeSigners) {
        if (everything
                || jars.contains(jar.sha256())
                || wholeSigners.stream().anyMatch(signer -> signers.contains(signer.sha256()))) {
            return Optional.empty();
        }
        String signedBy = wholeSigners.isEmpty()
                ? "it is not signed as a whole"
                : "it is signed by "
                        + wholeSigners.stream().map(Signer::toString).collect(Collectors.joining(", "));
        return Optional.of(
                "is not trusted; its hash is " + jar.sha256() + ", and " + signedBy + ". If you know where it"
                        + " comes from, add to " + SETTING + " the line '- " + JAR + jar.sha256() + "'"
                        + wholeSigners.stream()
                                .map(signer -> " or '- " + SIGNER + signer.sha256() + "'")
                                .collect(Collectors.joining()));
    }

    private Optional<String> add(String entry, Path base) {
        String hash = entry.substring(entry.indexOf(':') + 1).strip().toLowerCase(Locale.ROOT);
        if (entry.startsWith(JAR) && HASH.matcher(hash).matches()) {
            jars.add(hash);
            return Optional.empty();
        }
        if (entry.startsWith(SIGNER) && HASH.matcher(hash).matches()) {
            signers.add(hash);
            return Optional.empty();
        }
        if (entry.startsWith(SIGNER_FILE)) {
            return addCertificates(entry.substring(SIGNER_FILE.length()).strip(), base);
        }
        return Optional.of("'" + entry + "' must be " + JAR + "<64 hexadecimal digits> of a jar, " + SIGNER
                + "<64 hexadecimal digits> of a certificate, or " + SIGNER_FILE + "<PEM file>");
    }

    private Optional<String> addCertificates(String name, Path base) {
        try {
            Path file = base.resolve(name);
            Collection<? extends Certificate> found = certificates(file);
            if (found.isEmpty()) {
                return Optional.of("'" + file + "' holds no certificate; it must be a PEM file with the certificate of"
                        + " a signer (keytool -exportcert -rfc writes one)");
            }
            for (Certificate certificate : found) {
                if (certificate instanceof X509Certificate x509) {
                    signers.add(Signer.of(x509).sha256());
                }
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("'" + name + "' cannot be read: " + e + "; name a PEM file that the gateway may read");
        } catch (CertificateException e) {
            return Optional.of("'" + name + "' holds no usable certificate: " + e.getMessage()
                    + "; it must be a PEM file (keytool -exportcert -rfc writes one)");
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] pem = in.readNBytes(MAX_PEM_BYTES);
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        }
    }
}
