package dev.gatehouse.bench.client;

import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The vectors are those of the wire protocol's other implementations. */
class DeviceKeyTest {

    private static final DeviceKey KEY = DeviceKey.ofSecret(
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    private static final String ID = "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c";

    private static final ClientProfile PROFILE =
            new ClientProfile("cli", "cli", " Linux ", "Mac", List.of("operator.pairing", "operator.read"));
    private static final Credential TOKEN = Credential.sharedToken("secret-token");
    private static final Challenge CHALLENGE =
            new Challenge("11111111-2222-4333-8444-555555555555", 1_760_000_000_000L);

    @Test
    void key_ofTheVector_hasItsNames() {
        assertThat(KEY.id()).isEqualTo(ID);
        assertThat(KEY.publicKey()).isEqualTo("A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg");
    }

    @Test
    void v3_ofTheVector_isSignedAlike() {
        String payload = ProofPayload.of(KEY, PROFILE, TOKEN, CHALLENGE);

        assertThat(payload)
                .isEqualTo("v3|" + ID + "|cli|cli|operator|operator.pairing,operator.read|1760000000000|secret-token"
                        + "|11111111-2222-4333-8444-555555555555|linux|mac");
        assertThat(KEY.sign(payload))
                .isEqualTo("YHbo7TPtBH0dRL3yxr1oDaxPmd1sIQ43nNx1RBA2AjuAJ5NL-76BamlpR6Yeb6IQekEFsoFB6olzxrT1RvmgAQ");
    }

    @Test
    void v2_ofTheVector_isSignedAlike() {
        String payload = "v2|" + ID + "|cli|cli|operator|operator.pairing,operator.read|1760000000000|secret-token"
                + "|11111111-2222-4333-8444-555555555555";

        assertThat(KEY.sign(payload))
                .isEqualTo("A3-eRdKkHvXXpTtV4ThBtIKiBfKYV4VqEFxHRzwGpgktX3weJdCdWztyAga6AwRcuoLl-cKcRmnFHOudbZZDAQ");
    }

    @Test
    void keys_ofOneSeed_areStableAndDistinct() {
        assertThat(DeviceKey.of(7, 3).id()).isEqualTo(DeviceKey.of(7, 3).id());
        assertThat(DeviceKey.of(7, 3).id())
                .isNotEqualTo(DeviceKey.of(7, 4).id())
                .isNotEqualTo(DeviceKey.of(8, 3).id());
    }
}
