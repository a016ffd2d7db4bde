package dev.gatehouse.handshake;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoopbackNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:18789",
                "127.0.0.1",
                "127.0.0.1:80",
                "127.1.2.3:65535",
                "[::1]",
                "[::1]:18789",
                "[::ffff:127.0.0.1]:18789",
                "[::FFFF:127.0.0.1]"
            })
    void host_thatNamesTheLoopback_matches(String host) {
        assertThat(LoopbackName.matches(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":80",
                "gateway.example",
                "localhost.evil.example",
                "evil.localhost.example:80",
                "127.0.0.1.evil.example",
                "notlocalhost",
                "localhost:",
                "localhost:port",
                "localhost:1234567",
                "localhost@evil.example",
                "evil.example#localhost",
                "localhost, evil.example",
                "localhost\n",
                "128.0.0.1",
                "127.0.0",
                "0.0.0.0",
                "::1",
                "[::1",
                "[::2]",
                "[::ffff:10.0.0.1]",
                "[localhost]",
                "10.0.0.1:18789"
            })
    void host_thatNamesAnythingElse_doesNotMatch(String host) {
        assertThat(LoopbackName.matches(host)).isFalse();
    }
}
