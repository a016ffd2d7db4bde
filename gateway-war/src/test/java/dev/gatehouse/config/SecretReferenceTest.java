package dev.gatehouse.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecretReferenceTest {

    @TempDir
    private Path folder;

    @Test
    void file_inTheHome_isReadWithoutItsLineEnd() throws IOException {
        Files.writeString(folder.resolve("key"), "hidden\n");

        assertThat(reference("file:key").read()).contains(Secret.of("hidden"));
    }

    @Test
    void file_thatIsMissingOrEmptyOrHuge_holdsNoSecret() throws IOException {
        Files.writeString(folder.resolve("empty"), " \n");
        Files.writeString(folder.resolve("huge"), "x".repeat(5000));

        assertThat(reference("file:missing").read()).isEmpty();
        assertThat(reference("file:empty").read()).isEmpty();
        assertThat(reference("file:huge").read()).isEmpty();
    }

    @Test
    void variable_thatIsNotSet_holdsNoSecret() {
        assertThat(reference("env:MISSING").read()).isEmpty();
    }

    @Test
    void literal_isRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> reference("hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }

    private SecretReference reference(String text) {
        return SecretReference.parse(text, new Home(folder), Map.of());
    }
}
