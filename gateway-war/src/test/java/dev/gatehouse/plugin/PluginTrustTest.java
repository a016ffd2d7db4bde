package dev.gatehouse.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import dev.gatehouse.digest.Sha256;
import dev.gatehouse.spi.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.plugin.Loading.VETO;
import static dev.gatehouse.plugin.Loading.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which jars are let in by {@code plugins.trust}, and that a signature that does not fit is never let in. */
class PluginTrustTest {

    private static final String NOBODY = "0".repeat(64);
    private static TestSigner alice;
    private static TestSigner mallory;

    @TempDir
    private Path folder;

    private Loading loading;
    private Path unsigned;

    @BeforeAll
    static void makeSigners() {
        alice = TestSigner.of("alice");
        mallory = TestSigner.of("mallory");
    }

    @BeforeEach
    void makeJar() {
        loading = new Loading(folder);
        unsigned = PluginJar.of("hours").withCheck("office-hours", VETO).in(folder);
    }

    @Test
    void unlistedJar_isRefusedWithTheLineThatWouldTrustIt() {
        loading.trusting(trust("sha256:" + NOBODY))
                .assertProblems(unsigned)
                .singleElement()
                .asString()
                .startsWith(unsigned + ": is not trusted; its hash is " + hash(unsigned))
                .contains("it is not signed as a whole", "plugins.trust", "'- sha256:" + hash(unsigned) + "'");
    }

    @Test
    void emptyList_trustsNothing() {
        loading.trusting(trust()).assertProblems(unsigned).hasSize(1);
    }

    @Test
    void bundledJar_needsNoTrust() {
        try (PluginGeneration plugins = loading.trusting(trust()).load(List.of(unsigned), List.of())) {
            assertThat(ask(plugins, "office-hours")).isInstanceOf(Verdict.Veto.class);
        }
    }

    @Test
    void listedHash_isTrusted() {
        assertLoads(trust("sha256:" + hash(unsigned).toUpperCase(java.util.Locale.ROOT)), unsigned);
    }

    @Test
    void listedSigner_isTrustedByHashOrByFile() {
        Path signed = alice.sign(unsigned, "signed.jar");
        alice.writeCertificate(folder.resolve("alice.pem"));

        assertLoads(trust("signer-sha256:" + alice.sha256()), signed);
        assertLoads(trust("signer:alice.pem"), signed);
        assertLoads(trust("signer:" + folder.resolve("alice.pem")), signed);
    }

    @Test
    void signers_areTold() {
        Path signed = mallory.sign(alice.sign(unsigned, "once.jar"), "twice.jar");

        try (PluginGeneration plugins = loading.load(signed)) {
            assertThat(plugins.plugins().get(0).signers())
                    .containsExactlyInAnyOrder(
                            "signer-sha256:" + alice.sha256() + " (CN=alice)",
                            "signer-sha256:" + mallory.sha256() + " (CN=mallory)");
        }
    }

    @Test
    void unlistedSigner_isRefusedWithTheLineThatWouldTrustThem() {
        Path signed = mallory.sign(unsigned, "signed.jar");

        loading.trusting(trust("signer-sha256:" + alice.sha256()))
                .assertProblems(signed)
                .singleElement()
                .asString()
                .contains("it is signed by signer-sha256:" + mallory.sha256() + " (CN=mallory)")
                .contains("or '- signer-sha256:" + mallory.sha256() + "'");
    }

    @Test
    void entry_thatWasAddedAfterSigning_losesTheSignersTrust() {
        Path added = changed(alice.sign(unsigned, "added.jar"), "stranger/More.class", PluginClasses.guard());

        loading.trusting(trust("signer-sha256:" + alice.sha256()))
                .assertProblems(added)
                .singleElement()
                .asString()
                .startsWith(added + ": is not trusted")
                .contains("it is not signed as a whole");
    }

    @Test
    void entry_thatOnlyAnotherSigned_losesTheSignersTrust() {
        Path added = changed(alice.sign(unsigned, "added.jar"), "stranger/More.class", PluginClasses.guard());
        Path signed = mallory.sign(added, "mallory.jar");

        loading.trusting(trust("signer-sha256:" + alice.sha256()))
                .assertProblems(signed)
                .singleElement()
                .asString()
                .contains("it is signed by signer-sha256:" + mallory.sha256());
        assertLoads(trust("signer-sha256:" + mallory.sha256()), signed);
    }

    @Test
    void entry_thatWasChangedAfterSigning_isRefusedEvenWithoutTrust() {
        Path other = PluginJar.of("other")
                .withCheck("office-hours", "Verdict.pass()")
                .in(folder);
        byte[] pass = TestSigner.entry(other, "stranger/Factory0$1.class");
        Path changed = changed(alice.sign(unsigned, "changed.jar"), "stranger/Factory0$1.class", pass);

        assertRefusedAlways(changed, "its signature does not fit its content");
    }

    @Test
    void manifest_thatWasChangedAfterSigning_isRefusedEvenWithoutTrust() {
        Path signed = alice.sign(unsigned, "changed.jar");
        String manifest =
                new String(TestSigner.entry(signed, "META-INF/MANIFEST.MF"), java.nio.charset.StandardCharsets.UTF_8);
        Path changed = changed(
                signed,
                "META-INF/MANIFEST.MF",
                manifest.replace("Plugin-Version: 1.0.0", "Plugin-Version: 6.6.6")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertRefusedAlways(changed, "its signature does not fit its content");
    }

    @Test
    void signature_thatIsDamagedOrOfAnotherJar_isRefusedEvenWithoutTrust() {
        Path signed = alice.sign(unsigned, "damaged.jar");
        byte[] block = TestSigner.entry(signed, "META-INF/ALICE.EC");
        block[block.length - 3] ^= 0x55;
        Path damaged = changed(signed, "META-INF/ALICE.EC", block);
        Path without = changed(alice.sign(unsigned, "without.jar"), "META-INF/ALICE.EC", new byte[0]);

        assertRefusedAlways(damaged, "cannot verify signature block file META-INF/ALICE");
        assertRefusedAlways(without, "none of them can be verified");
    }

    @Test
    void hash_ofAJarWithABadSignature_doesNotHelpIt() {
        Path changed = changed(alice.sign(unsigned, "changed.jar"), "META-INF/extensions.idx", new byte[] {'\n'});

        loading.trusting(trust("sha256:" + hash(changed)))
                .assertProblems(changed)
                .singleElement()
                .asString()
                .contains("its signature does not fit its content");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256:",
                "sha256:abc",
                "signer-sha256:xyz",
                "md5:00",
                "hours.jar",
                "signer:none.pem",
                "signer:.",
                "signer:text.pem",
                "signer:bad.pem"
            })
    void entry_thatIsNone_isAProblem(String entry) throws IOException {
        Files.writeString(folder.resolve("text.pem"), "");
        Files.writeString(folder.resolve("bad.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> trust("sha256:" + NOBODY, entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("plugins.trust[1]: ");
    }

    @Test
    void entries_thatAreNone_areReportedTogether() {
        assertThatThrownBy(() -> trust("one", "sha256:" + NOBODY, "two"))
                .hasMessageContainingAll("plugins.trust[0]: 'one' must be", "\nplugins.trust[2]: 'two' must be");
    }

    private void assertRefusedAlways(Path jar, String why) {
        loading.trusting(PluginTrust.everything())
                .assertProblems(jar)
                .singleElement()
                .asString()
                .startsWith(jar + ": ")
                .contains(why);
    }

    private void assertLoads(PluginTrust trust, Path jar) {
        try (PluginGeneration plugins = loading.trusting(trust).load(jar)) {
            assertThat(ask(plugins, "office-hours")).isInstanceOf(Verdict.Veto.class);
        }
    }

    private PluginTrust trust(String... entries) {
        return PluginTrust.of(List.of(entries), folder);
    }

    private static String hash(Path jar) {
        try {
            return HexFormat.of().formatHex(Sha256.begin().digest(Files.readAllBytes(jar)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes an entry into a jar. */
    private static Path changed(Path jar, String entry, byte[] bytes) {
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Files.write(zip.getPath(entry), bytes);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
