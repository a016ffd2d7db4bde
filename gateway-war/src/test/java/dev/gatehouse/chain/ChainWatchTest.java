package dev.gatehouse.chain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Each look stands for half a second. */
class ChainWatchTest {

    @TempDir
    private Path folder;

    private Path config;
    private Path plugins;
    private ChainWatch watch;

    @BeforeEach
    void watch() throws IOException {
        config = folder.resolve("gatehouse.yaml");
        plugins = Files.createDirectory(folder.resolve("plugins"));
        watch = new ChainWatch(this::sight, sight());
    }

    @Test
    void nothing_new_isNoReason() {
        assertThat(watch.look()).isEmpty();
        assertThat(watch.look()).isEmpty();
    }

    @Test
    void jar_thatAppeared_isAReasonOnceItKeepsStill() throws IOException {
        Files.write(plugins.resolve("hours.jar"), zip("a"));

        assertThat(watch.look()).isEmpty();
        assertThat(watch.look()).contains("hours.jar added");
        assertThat(watch.look()).isEmpty();
    }

    @Test
    void jar_thatGrows_isWaitedFor() throws IOException {
        byte[] whole = zip("a".repeat(1000));
        Path jar = Files.write(plugins.resolve("hours.jar"), Arrays.copyOf(whole, 20));

        watch.look();
        assertThat(watch.look()).isEmpty();
        assertThat(watch.incomplete()).containsExactly(jar.toString());
        Files.write(jar, Arrays.copyOfRange(whole, 20, whole.length), StandardOpenOption.APPEND);

        assertThat(watch.look()).isEmpty();
        assertThat(watch.look()).contains("hours.jar added");
        assertThat(watch.incomplete()).isEmpty();
    }

    @Test
    void jar_thatStaysIncomplete_isTriedInTheEnd() throws IOException {
        Files.writeString(plugins.resolve("hours.jar"), "this will never be a jar");

        watch.look();
        int looks = 0;
        while (watch.look().isEmpty()) {
            looks++;
        }

        assertThat(looks).isEqualTo(20);
    }

    @Test
    void jar_renamedOverAnother_isAReason() throws IOException {
        Path jar = Files.write(plugins.resolve("hours.jar"), zip("a"));
        watch.tried();
        Path next = Files.write(folder.resolve("next"), zip("b"));
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(jar));
        Files.move(next, jar, StandardCopyOption.REPLACE_EXISTING);

        watch.look();

        assertThat(watch.look()).contains("hours.jar changed");
    }

    @Test
    void jar_thatWentAway_isAReason() throws IOException {
        Path jar = Files.write(plugins.resolve("hours.jar"), zip("a"));
        watch.tried();
        Files.delete(jar);

        watch.look();

        assertThat(watch.look()).contains("hours.jar removed");
    }

    @Test
    void config_thatAppeared_isAReason() throws IOException {
        Files.writeString(config, "admission: {}");

        watch.look();

        assertThat(watch.look()).contains("gatehouse.yaml added");
    }

    @Test
    void file_thatIsNoPlugin_isNoReason() throws IOException {
        Files.write(plugins.resolve(".hours.jar.x7Yq"), zip("a"));
        Files.write(plugins.resolve(".hidden.jar"), zip("a"));
        Files.writeString(plugins.resolve("README"), "hello");

        watch.look();

        assertThat(watch.look()).isEmpty();
    }

    private FolderSight sight() {
        return FolderSight.of(config).withJarsOf(plugins);
    }

    private static byte[] zip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("entry"));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
