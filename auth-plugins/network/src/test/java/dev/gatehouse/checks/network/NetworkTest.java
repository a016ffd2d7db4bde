package dev.gatehouse.checks.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/9, 10.127.255.255, true",
        "10.0.0.0/9, 10.128.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 203.0.113.9, false",
        "::1, ::1, true",
        "::ffff:192.0.2.7, 192.0.2.7, true"
    })
    void network_containsWhatSharesItsPrefix(String text, String address, boolean isIn) throws UnknownHostException {
        assertThat(Network.problem(text)).isEmpty();
        assertThat(network(text).contains(InetAddress.getByName(address))).isEqualTo(isIn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.1",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0.1/33",
                "10.0.0.1/",
                "10.0.0.1/08",
                "10.0.0.1/-1",
                "10.0.0.1/8/8",
                "10.0.0.*",
                " 10.0.0.1",
                "fd00::/129",
                "fd00:::/8",
                "FD00::/8",
                "fe80::1%eth0",
                "[::1]",
                ":::::::::::::::::::::::::::::::::::::::::::::::::::::::::::",
                "localhost",
                "gateway.example",
                "dead.beef"
            })
    void text_thatIsNoNetwork_isAProblemThatShowsWhatOneIs(String text) {
        assertThat(Network.all(List.of(text))).isEmpty();
        assertThat(Network.problem(text))
                .hasValueSatisfying(problem -> assertThat(problem).contains("'" + text + "'", "10.0.0.0/8"));
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3/8, 10.0.0.0/8", "192.0.2.129/25, 192.0.2.128/25", "0.0.0.1/0, 0.0.0.0/0"})
    void network_withBitsBehindItsPrefix_isAProblemThatSaysWhatToWrite(String text, String instead) {
        assertThat(Network.problem(text))
                .hasValueSatisfying(problem -> assertThat(problem).contains("write " + instead));
        assertThat(Network.problem(instead)).isEmpty();
    }

    /** Against arithmetic on whole numbers. */
    @Test
    void membership_isThatOfNumbersShiftedByThePrefix() throws UnknownHostException {
        Random random = new Random(46);
        for (int i = 0; i < 20_000; i++) {
            byte[] one = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(one);
            byte[] other = one.clone();
            int bits = one.length * Byte.SIZE;
            int flipped = random.nextInt(bits);
            other[flipped / Byte.SIZE] ^= (byte) (0x80 >> (flipped % Byte.SIZE));
            int prefix = random.nextInt(bits + 1);
            Network network = cut(InetAddress.getByAddress(one), prefix);

            boolean isIn = new BigInteger(1, one)
                    .shiftRight(bits - prefix)
                    .equals(new BigInteger(1, other).shiftRight(bits - prefix));

            assertThat(network.contains(InetAddress.getByAddress(one))).isTrue();
            assertThat(network.contains(InetAddress.getByAddress(other)))
                    .as("%s in %s", InetAddress.getByAddress(other), network)
                    .isEqualTo(isIn);
        }
    }

    private static Network cut(InetAddress address, int prefix) throws UnknownHostException {
        byte[] bytes = address.getAddress();
        int bits = bytes.length * Byte.SIZE;
        byte[] number = new BigInteger(1, bytes)
                .shiftRight(bits - prefix)
                .shiftLeft(bits - prefix)
                .toByteArray();
        byte[] first = new byte[bytes.length];
        for (int i = 1; i <= Math.min(first.length, number.length); i++) {
            first[first.length - i] = number[number.length - i];
        }
        return new Network(InetAddress.getByAddress(first), prefix);
    }

    private static Network network(String text) {
        return Network.all(List.of(text)).get(0);
    }
}
