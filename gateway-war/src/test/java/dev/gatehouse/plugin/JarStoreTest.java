package dev.gatehouse.plugin;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.plugin.Loading.VETO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JarStoreTest {

    @TempDir
    private Path folder;

    private Path copies;
    private Path jar;

    @BeforeEach
    void makeJar() throws IOException {
        copies = folder.resolve("copies");
        jar = Files.writeString(folder.resolve("some.jar"), "abc");
    }

    @Test
    void copy_isNamedByItsHashAndReadableByItsOwnerOnly() throws Exception {
        StoredJar stored = new JarStore(copies).add(jar);

        assertThat(stored.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(stored.size()).isEqualTo(3);
        assertThat(stored.original()).isEqualTo(jar);
        assertThat(stored.copy()).hasFileName(stored.sha256() + ".jar").hasContent("abc");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copies)))
                .isEqualTo("rwx------");
        assertThat(copies).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void copies_ofAnEarlierStore_areDeletedAndNothingElse() throws Exception {
        new JarStore(copies).add(jar);
        Path notOurs = Files.writeString(copies.resolve("notes.txt"), "not ours");

        JarStore anew = new JarStore(copies);

        assertThat(copies).isDirectoryContaining("glob:**/notes.txt").isDirectoryNotContaining("glob:**.jar");
        assertThat(anew.add(jar).copy()).exists();
        assertThat(notOurs).exists();
    }

    @Test
    void copy_thatTwoUse_staysUntilBothGaveItBack() throws Exception {
        JarStore store = new JarStore(copies);
        StoredJar first = store.add(jar);
        StoredJar second = store.add(Files.copy(jar, folder.resolve("same.jar")));

        store.release(first);
        assertThat(second.copy()).isEqualTo(first.copy()).exists();

        store.release(second);
        assertThat(copies).isEmptyDirectory();
    }

    @Test
    void link_isFollowed() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link.jar"), jar);

        assertThat(new JarStore(copies).add(link).copy()).hasContent("abc").isRegularFile();
        assertThat(Files.isSymbolicLink(new JarStore(copies).add(link).copy())).isFalse();
    }

    @Test
    void folderOrMissingFile_isRefused() throws IOException {
        JarStore store = new JarStore(copies);
        Path directory = Files.createDirectory(folder.resolve("folder.jar"));

        assertThatThrownBy(() -> store.add(directory))
                .isInstanceOf(UnusableJar.class)
                .hasMessageContaining("not a file");
        assertThatThrownBy(() -> store.add(folder.resolve("none.jar"))).isInstanceOf(UnusableJar.class);
        assertThat(copies).isEmptyDirectory();
    }

    @Test
    void jarOf200Megabytes_isRefusedBeforeItIsCopied() throws IOException {
        Path huge = folder.resolve("huge.jar");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(200L * 1024 * 1024);
        }
        JarStore store = new JarStore(copies);

        assertThatThrownBy(() -> store.add(huge))
                .isInstanceOf(UnusableJar.class)
                .hasMessageContaining("has 209715200 bytes, and a plugin jar may have 104857600");
        assertThat(copies).isEmptyDirectory();
    }

    @Test
    void jar_thatIsCutAnywhere_isNotComplete() throws IOException {
        Path whole = PluginJar.of("hours").withCheck("office-hours", VETO).in(folder);
        byte[] bytes = Files.readAllBytes(whole);
        assertThat(JarStore.isComplete(whole)).isTrue();

        Path cut = folder.resolve("cut.jar");
        for (int length = 0; length < bytes.length; length += 7) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertThat(JarStore.isComplete(cut))
                    .as("the first %d bytes of %d", length, bytes.length)
                    .isFalse();
        }
    }

    @Test
    void folderMissingFileOrText_isNotComplete() throws IOException {
        assertThat(JarStore.isComplete(folder)).isFalse();
        assertThat(JarStore.isComplete(folder.resolve("none.jar"))).isFalse();
        assertThat(JarStore.isComplete(jar)).isFalse();
    }
}
