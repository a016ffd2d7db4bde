package dev.gatehouse.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressKindTest {

    @ParameterizedTest
    @CsvSource({
        "1.1.1.1, PUBLIC",
        "9.255.255.255, PUBLIC",
        "100.63.255.255, PUBLIC",
        "100.128.0.0, PUBLIC",
        "172.15.255.255, PUBLIC",
        "172.32.0.0, PUBLIC",
        "192.167.255.255, PUBLIC",
        "223.255.255.255, PUBLIC",
        "2606:4700:4700::1111, PUBLIC",
        "2001:4860:4860::8888, PUBLIC",
        "10.0.0.0, PRIVATE",
        "10.255.255.255, PRIVATE",
        "100.64.0.1, PRIVATE",
        "100.127.255.255, PRIVATE",
        "127.0.0.1, PRIVATE",
        "127.255.255.255, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "192.168.0.1, PRIVATE",
        "::1, PRIVATE",
        "fc00::1, PRIVATE",
        "fdff::1, PRIVATE",
        "0.0.0.0, UNUSABLE",
        "0.1.2.3, UNUSABLE",
        "169.254.169.254, UNUSABLE",
        "192.0.0.1, UNUSABLE",
        "192.0.2.1, UNUSABLE",
        "192.88.99.1, UNUSABLE",
        "198.18.0.1, UNUSABLE",
        "198.51.100.1, UNUSABLE",
        "203.0.113.1, UNUSABLE",
        "224.0.0.1, UNUSABLE",
        "240.0.0.1, UNUSABLE",
        "255.255.255.255, UNUSABLE",
        "::, UNUSABLE",
        "fe80::1, UNUSABLE",
        "fec0::1, UNUSABLE",
        "ff02::1, UNUSABLE",
        "100::1, UNUSABLE",
        "2001::1, UNUSABLE",
        "2001:db8::1, UNUSABLE",
        "3fff::1, UNUSABLE",
        "4000::1, UNUSABLE",
        "::ffff:1.1.1.1, PUBLIC",
        "::ffff:10.0.0.1, PRIVATE",
        "::ffff:169.254.169.254, UNUSABLE",
        "::10.0.0.1, UNUSABLE",
        "::127.0.0.1, UNUSABLE",
        "64:ff9b::1.1.1.1, PUBLIC",
        "64:ff9b::10.0.0.1, PRIVATE",
        "64:ff9b::169.254.169.254, UNUSABLE",
        "64:ff9b:1::1.1.1.1, UNUSABLE",
        "2002:0101:0101::1, PUBLIC",
        "2002:0a00:0001::1, PRIVATE",
        "2002:7f00:0001::1, PRIVATE",
        "2002:a9fe:a9fe::1, UNUSABLE"
    })
    void address_isOfItsKind(String literal, AddressKind kind) throws UnknownHostException {
        assertThat(AddressKind.of(InetAddress.getByName(literal))).isEqualTo(kind);
    }

    @Test
    void address_ofAnInterfaceOfThisMachine_isUnusable() throws UnknownHostException {
        byte[] global = InetAddress.getByName("2606:4700:4700::1111").getAddress();

        assertThat(AddressKind.of(Inet6Address.getByAddress("", global, 1))).isEqualTo(AddressKind.UNUSABLE);
    }

    @ParameterizedTest
    @CsvSource({"PUBLIC,            true,  false", "PUBLIC_OR_PRIVATE, true,  true", "PRIVATE,           false, true"})
    void allowed_neverIncludesTheUnusable(AllowedAddresses allowed, boolean toPublic, boolean toPrivate) {
        assertThat(allowed.include(AddressKind.PUBLIC)).isEqualTo(toPublic);
        assertThat(allowed.include(AddressKind.PRIVATE)).isEqualTo(toPrivate);
        assertThat(allowed.include(AddressKind.UNUSABLE)).isFalse();
    }
}
