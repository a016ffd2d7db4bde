package dev.gatehouse.address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AddressRangeTest {

    private static final List<String> NAMES_LIKE_ADDRESSES = List.of("300.1.1.1", "1.2.3.4.5", ".:1", "1..2", "feed");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "10.0.0.0/8, 10.255.0.1",
        "10.9.9.9/8, 10.0.0.1",
        "192.168.1.128/25, 192.168.1.200",
        "0.0.0.0/0, 203.0.113.9",
        "fd00::1, fd00:0:0:0:0:0:0:1",
        "fd00::/8, fdff::1",
        "2001:db8::/33, 2001:db8:7fff::1",
        "::ffff:10.0.0.1, 10.0.0.1",
        "::/0, fd00::1"
    })
    void range_withTheAddressInIt_containsIt(String range, String address) throws UnknownHostException {
        assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.1.0.0/16, 10.0.0.0/8, true",
        "10.0.0.0/9, 10.128.0.0/9, false",
        "10.0.0.0/8, fd00::/8, false"
    })
    void ranges_withAnAddressInCommon_overlap(String one, String other, boolean expected) {
        assertThat(AddressRange.parse(one).overlaps(AddressRange.parse(other))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10.9.8.7, 10.9.8.7",
        "10.9.8.7/8, 10.0.0.0/8",
        "10.9.8.7/32, 10.9.8.7",
        "2001:db8:ffff::1/33, 2001:db8:8000:0:0:0:0:0/33",
        "::ffff:10.0.0.1, 10.0.0.1"
    })
    void range_asText_isItsFirstAddressAndPrefix(String text, String canonical) {
        assertThat(AddressRange.parse(text)).hasToString(canonical);
        assertThat(AddressRange.parse(canonical)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.2",
        "10.0.0.0/8, 11.0.0.0",
        "192.168.1.128/25, 192.168.1.127",
        "0.0.0.0/0, fd00::1",
        "::/0, 10.0.0.1",
        "fd00::/8, fe00::1",
        "2001:db8::/33, 2001:db8:8000::1"
    })
    void range_withTheAddressOutsideOfIt_doesNotContainIt(String range, String address) throws UnknownHostException {
        assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "*",
                "localhost",
                "proxy.example",
                "10",
                "10/8",
                "10.1",
                "10.0.0",
                "010.0.0.1",
                "256.0.0.1",
                "0x7f.0.0.1",
                "10.0.0.1:80",
                "10.0.0.1 ",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/99999999999",
                "10.0.0.0/255.0.0.0",
                "[::1]",
                "fe80::1%eth0",
                ":",
                "::1::",
                "fd00::/129",
                "beef:"
            })
    void text_thatIsNoAddressInFull_isRejected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessage("'" + text + "' is neither an IP address nor a network; write 10.0.0.1 or 10.0.0.0/8");
    }

    /** Asks in a Java of its own, whose only name service is a file that knows all these names. */
    @Test
    void text_thatIsAlmostAnAddress_isNotLookedUpByName() throws IOException, InterruptedException {
        Path hosts = folder.resolve("hosts");
        Files.writeString(hosts, "192.0.2.1 " + String.join(" ", NAMES_LIKE_ADDRESSES) + "\n");

        Process asking = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Lookups.class.getName())
                .redirectErrorStream(true)
                .start();

        assertThat(asking.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("known: 192.0.2.1, parsed: 0");
    }

    /** Says that the name service works, and how many of the names were read as addresses. */
    static final class Lookups {

        private Lookups() {}

        public static void main(String[] arguments) throws UnknownHostException {
            String known = InetAddress.getByName(NAMES_LIKE_ADDRESSES.get(0)).getHostAddress();
            long parsed = NAMES_LIKE_ADDRESSES.stream()
                    .filter(name -> AddressLiteral.parse(name).isPresent())
                    .count();
            System.out.print("known: " + known + ", parsed: " + parsed);
        }
    }
}
