package dev.gatehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What a fuzzer starts from, and what it once found: a file for each input, in {@code src/test/fuzz}. */
public final class Seeds {

    private Seeds() {}

    /** A test for each seed of a target; there is at least one. */
    public static Stream<DynamicTest> of(String target, Consumer<byte[]> test) throws IOException {
        try (Stream<Path> found = Files.list(Path.of("src/test/fuzz", target))) {
            var seeds = found.sorted().toList();
            assertThat(seeds).isNotEmpty();
            return seeds.stream()
                    .map(seed -> DynamicTest.dynamicTest(
                            seed.getFileName().toString(), () -> test.accept(Files.readAllBytes(seed))));
        }
    }
}
