package dev.gatehouse.checks.origin;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Origins, made up by a fuzzer that watches which code they reach. A build looks at the seeds alone; {@code JAZZER_FUZZ=1}
 * goes on from them.
 */
class OriginFuzzTest {

    /** What is read is an origin for the JDK as well, with the same host, and reads the same again. */
    @FuzzTest(maxDuration = "10m")
    void origin(byte[] header) {
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
