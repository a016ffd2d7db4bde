package dev.gatehouse.checks.pairing;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlatformFamilyTest {

    @ParameterizedTest
    @CsvSource({
        "linux, linux",
        "Linux x86_64, linux",
        "Linux armv8l, linux",
        "linux 6.1, linux",
        "linux 6.8.0-45-generic, linux",
        "MacIntel, macos",
        "macOS 15.1, macos",
        "macos, macos",
        "darwin, macos",
        "Darwin 24.1.0, macos",
        "Mac OS X, macos",
        "win32, windows",
        "Win32, windows",
        "Win64, windows",
        "Windows 10, windows",
        "windows 11, windows",
        "Windows NT 10.0, windows",
        "iOS 18.1, ios",
        "iPadOS 18.1, ios",
        "iPhone, ios",
        "iPad, ios",
        "android 14, android",
        "Android, android",
        "watchos 11.0, watchos",
        "tvos 18, tvos",
        "visionos 2.0, visionos",
        "esp32, esp32",
        "esp32 1.2.3, esp32",
        "FreeBSD 14.1-RELEASE, freebsd",
        "freebsd amd64, freebsd amd64",
        "cros x86_64, cros x86_64",
        "iosx 1, iosx",
        "linuxoid, linuxoid",
        "'  ', ''",
        "'', ''"
    })
    void platform_belongsToTheFamilyOfItsSystem(String platform, String family) {
        assertThat(PlatformFamily.of(platform)).isEqualTo(family);
    }
}
