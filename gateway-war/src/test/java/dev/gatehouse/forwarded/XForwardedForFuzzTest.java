package dev.gatehouse.forwarded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import dev.gatehouse.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Headers that proxies write, made up by a fuzzer that watches which code they reach. A build looks at the seeds alone; {@code system-tests/fuzz
 * x-forwarded-for} goes on from them.
 */
class XForwardedForFuzzTest {

    @TestFactory
    Stream<DynamicTest> seeds() throws IOException {
        return Seeds.of("x-forwarded-for", XForwardedForFuzzTest::fuzzerTestOneInput);
    }

    /** Jazzer calls this. */
    public static void fuzzerTestOneInput(byte[] header) {
        // As a server hands a header over: a character for each byte.
        String text = new String(header, StandardCharsets.ISO_8859_1);
        DifferentialTest.assertAlike("x-forwarded-for", text, SecondReader::xForwardedFor);
    }
}
