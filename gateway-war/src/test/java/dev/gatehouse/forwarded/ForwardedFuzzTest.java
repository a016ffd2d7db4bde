package dev.gatehouse.forwarded;

import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Headers that proxies write, made up by a fuzzer that watches which code they reach. A build looks at the seeds alone;
 * {@code JAZZER_FUZZ=1} goes on from them.
 */
class ForwardedFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void forwarded(byte[] header) {
        DifferentialTest.assertAlike("forwarded", text(header), SecondReader::forwarded);
    }

    @FuzzTest(maxDuration = "10m")
    void xForwardedFor(byte[] header) {
        DifferentialTest.assertAlike("x-forwarded-for", text(header), SecondReader::xForwardedFor);
    }

    /** As a server hands a header over: a character for each byte. */
    private static String text(byte[] header) {
        return new String(header, StandardCharsets.ISO_8859_1);
    }
}
