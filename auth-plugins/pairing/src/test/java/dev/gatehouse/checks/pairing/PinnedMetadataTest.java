package dev.gatehouse.checks.pairing;

import java.util.Map;
import java.util.Optional;

import dev.gatehouse.spi.DeviceDirectory.PairedDevice;
import dev.gatehouse.testkit.ConnectFixture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PinnedMetadataTest {

    @ParameterizedTest
    @CsvSource({
        "linux, linux, true",
        "' Linux ', LINUX, true",
        "linux, windows, false",
        "ios 18.1, ios 18.2, true",
        "ios 18.1, iOS, true",
        "android 14, android 15, true",
        "watchos 11.0, watchos 11.1, true",
        "macos 14.1, macos 15.0, true",
        "darwin, macos 15.0, true",
        "macos, darwin, true",
        "win32, windows, true",
        "ios 18.1, watchos 18.1, false",
        "windows 10, windows 11, true",
        "iosx 1, ios 1, false",
        "'', anything, true",
        "' ', anything, true",
        ", anything, true",
        "linux, '', false"
    })
    void platform_comparedTolerantly(String pinned, String claimed, boolean isAdmitted) {
        PinnedMetadata metadata = PinnedMetadata.of(device(Optional.ofNullable(pinned), Optional.empty()));

        assertThat(metadata.admits(ConnectFixture.cli()
                        .withMetadata(claimed, Optional.of("any"))
                        .connect()
                        .client()))
                .isEqualTo(isAdmitted);
    }

    @ParameterizedTest
    @CsvSource({"Mac, ' mac', true", "Mac, iPhone, false", "Mac, , false", ", Mac, true", "'', Mac, true"})
    void family_comparedTolerantly(String pinned, String claimed, boolean isAdmitted) {
        PinnedMetadata metadata = PinnedMetadata.of(device(Optional.of("macos"), Optional.ofNullable(pinned)));

        assertThat(metadata.admits(ConnectFixture.cli()
                        .withMetadata("macos", Optional.ofNullable(claimed))
                        .connect()
                        .client()))
                .isEqualTo(isAdmitted);
    }

    private static PairedDevice device(Optional<String> platform, Optional<String> deviceFamily) {
        return new PairedDevice("id", "key", platform, deviceFamily, Map.of());
    }
}
