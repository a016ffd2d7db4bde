package dev.gatehouse.checks.origin;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Origins, made up by a fuzzer that watches which code they reach. A build looks at the seeds alone; {@code
 * system-tests/fuzz origin} goes on from them.
 */
class OriginFuzzTest {

    @TestFactory
    Stream<DynamicTest> seeds() throws IOException {
        try (Stream<Path> found = Files.list(Path.of("src/test/fuzz/origin"))) {
            List<Path> seeds = found.sorted().toList();
            assertThat(seeds).isNotEmpty();
            return seeds.stream()
                    .map(seed -> DynamicTest.dynamicTest(
                            seed.getFileName().toString(), () -> fuzzerTestOneInput(Files.readAllBytes(seed))));
        }
    }

    /** Jazzer calls this: what is read is an origin for the JDK as well, with the same host, and reads the same again. */
    public static void fuzzerTestOneInput(byte[] header) {
        Optional<Origin> read = Origin.parse(new String(header, StandardCharsets.ISO_8859_1));
        read.ifPresent(origin -> {
            assertThat(Origin.parse(origin.text())).contains(origin);
            URI uri = URI.create(origin.text());
            assertThat(uri.getScheme()).isEqualTo(origin.scheme());
            assertThat(uri.getRawAuthority()).isEqualTo(origin.authority());
            assertThat(uri.getRawUserInfo()).isNull();
            assertThat(uri.getRawPath()).isEmpty();
            assertThat(origin.authority())
                    .startsWith(origin.host())
                    .isEqualTo(origin.authority().toLowerCase(Locale.ROOT));
        });
    }
}
