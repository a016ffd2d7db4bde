package dev.gatehouse.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.security.CodeSigner;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

/**
 * Reads every entry of a jar, which makes the JDK verify its signatures, and says who signed all of it.
 *
 * <p>Checksums are compared here, because the JDK does not when it reads by name. Whether a certificate has expired, and
 * who issued it, is not looked at: certificates are trusted one by one.
 */
final class JarSignatures {

    /** What a jar may unpack to: more than any plugin needs, and less than a bomb. */
    static final long MAX_UNPACKED_BYTES = 1024L * 1024 * 1024;

    /** These files carry the signatures and cannot be signed themselves. */
    static final Pattern SIGNATURE_FILE =
            Pattern.compile("META-INF/(MANIFEST\\.MF|[^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]*)", Pattern.CASE_INSENSITIVE);

    private final JarFile jar;
    private final byte[] buffer = new byte[64 * 1024];
    private @Nullable Set<Signer> signers;
    private boolean anySignature;
    private boolean anySigned;
    private long unpacked;

    private JarSignatures(JarFile jar) {
        this.jar = jar;
    }

    /**
     * The signers of the whole jar: each of them signed each entry.
     *
     * @return none when the jar is unsigned, or when one entry is
     * @throws UnusableJar when an entry was changed after it was signed, when a signature cannot be verified, or when the
     *     jar's entries cannot be read
     */
    static List<Signer> of(JarFile jar) throws UnusableJar {
        JarSignatures reading = new JarSignatures(jar);
        try {
            List<JarEntry> entries = Collections.list(jar.entries());
            refuseDoubles(entries);
            for (JarEntry entry : entries) {
                reading.read(entry);
            }
        } catch (SecurityException e) {
            throw new UnusableJar(
                    "its signature does not fit its content (" + Quoted.sentence(String.valueOf(e.getMessage()))
                            + "): it was changed after it" + " was signed; get it again from its author",
                    e);
        } catch (IOException | CertificateEncodingException | IllegalArgumentException e) {
            throw new UnusableJar("cannot be read: " + Quoted.sentence(e.toString()) + "; copy it again", e);
        }
        return reading.result();
    }

    /** Of two entries of one name, one would be verified and the other one used. */
    private static void refuseDoubles(List<JarEntry> entries) throws UnusableJar {
        Set<String> seen = new HashSet<>();
        for (JarEntry entry : entries) {
            if (!seen.add(entry.getName())) {
                throw new UnusableJar(
                        "has two entries of one name, " + Quoted.value(entry.getName()) + "; build it anew");
            }
        }
    }

    private void read(JarEntry entry) throws IOException, UnusableJar, CertificateEncodingException {
        CRC32 sum = new CRC32();
        try (InputStream in = jar.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                unpacked += read;
                sum.update(buffer, 0, read);
                if (unpacked > MAX_UNPACKED_BYTES) {
                    throw new UnusableJar("unpacks to more than " + MAX_UNPACKED_BYTES + " bytes");
                }
            }
        }
        if (!entry.isDirectory() && sum.getValue() != entry.getCrc()) {
            throw new UnusableJar(
                    "is damaged: the entry " + Quoted.value(entry.getName()) + " has a wrong checksum; copy it again");
        }
        if (SIGNATURE_FILE.matcher(entry.getName()).matches()) {
            anySignature |= !entry.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME);
            return;
        }
        if (!entry.isDirectory()) {
            keepOnly(signersOf(entry));
        }
    }

    private void keepOnly(Set<Signer> ofEntry) {
        anySigned |= !ofEntry.isEmpty();
        if (signers == null) {
            signers = ofEntry;
        } else {
            signers.retainAll(ofEntry);
        }
    }

    private static Set<Signer> signersOf(JarEntry entry) throws CertificateEncodingException {
        Set<Signer> found = new LinkedHashSet<>();
        for (CodeSigner signer : Optional.ofNullable(entry.getCodeSigners()).orElse(new CodeSigner[0])) {
            if (signer.getSignerCertPath().getCertificates().get(0) instanceof X509Certificate certificate) {
                found.add(Signer.of(certificate));
            }
        }
        return found;
    }

    /** The JDK takes a jar for unsigned when it cannot verify the signature file itself; that is no unsigned jar. */
    private List<Signer> result() throws UnusableJar {
        if (anySignature && !anySigned) {
            throw new UnusableJar("has signature files in META-INF, and none of them can be verified (damaged, or made"
                    + " with an algorithm that Java no longer accepts); have it signed again, or build it unsigned");
        }
        return signers == null ? List.of() : List.copyOf(new ArrayList<>(signers));
    }
}
