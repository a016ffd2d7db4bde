package dev.gatehouse.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the first frame is, it becomes a value. */
class HostileConnectTest {

    private static final String VALID = ConnectJson.full().toString();
    private static final String FLOOD = "f".repeat(64 * 1024);
    private static final List<String> VALUES = List.of("null", "true", "7", "1.5", "\"Text\"", "[[]]", "{\"k\":{}}");

    @Test
    void truncatedFrame_isMalformed_atEveryOffset() {
        for (int length = 0; length < VALID.length(); length++) {
            assertThat(ConnectJson.reason(ConnectJson.malformed(VALID.substring(0, length))))
                    .isEqualTo("not-json");
        }
    }

    @Test
    void damagedFrame_neverThrows() {
        Random random = new Random(42);
        String alphabet = "{}[]\",:\\u0 \u0000\ud800\udc00e-9tn";
        for (int round = 0; round < 3_000; round++) {
            StringBuilder damaged = new StringBuilder(VALID);
            for (int hit = 0; hit <= round % 4; hit++) {
                damaged.setCharAt(random.nextInt(damaged.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(ConnectFrame.parse(damaged.toString())).isNotNull();
            assertThat(RequestFrame.parse(damaged.toString())).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("members")
    void wrongType_isMalformed_andNotQuoted(String pointer) {
        JsonNode right = ConnectJson.full().at(pointer);
        for (String value : VALUES) {
            if (ConnectJson.parse(value).getNodeType() != right.getNodeType() || value.equals("1.5")) {
                Malformed malformed = ConnectJson.malformed(
                        ConnectJson.with(ConnectJson.full(), pointer, value).toString());

                assertThat(malformed.refusal().error().message())
                        .contains(pointer.replaceFirst("^/params(?=/)", ""))
                        .doesNotContain("Text");
            }
        }
    }

    /** Every member but those of any type or without a meaning here. */
    static Stream<String> members() {
        return below("", ConnectJson.full())
                .filter(pointer -> !pointer.equals("/params"))
                .filter(pointer -> !pointer.startsWith("/params/computerUse"))
                .filter(pointer -> !pointer.startsWith("/params/permissions/"))
                .filter(pointer -> !pointer.startsWith("/params/modelCatalog/"))
                .filter(pointer -> !pointer.equals("/traceparent"));
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 1_000, 60_000})
    void deepNesting_isMalformed(int depth) {
        String nested = "[".repeat(depth) + "]".repeat(depth);

        assertThat(ConnectFrame.parse(nested)).isInstanceOf(Malformed.class);
        assertThat(ConnectJson.reason(ConnectJson.malformed(VALID.replaceFirst("\"ua\"", nested))))
                .isEqualTo("not-json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "123456789012345678901234567890123", "1e-999999999", "-0.0"})
    void hugeNumber_isMalformed(String number) {
        assertThat(ConnectFrame.parse(VALID.replace("1760000000000", number))).isInstanceOf(Malformed.class);
    }

    @Test
    void duplicateMember_isMalformed_atEveryLevel() {
        for (String member :
                List.of("\"type\":\"req\"", "\"minProtocol\":4", "\"mode\":\"cli\"", "\"password\":\"p\"")) {
            assertThat(ConnectJson.reason(ConnectJson.malformed(VALID.replace(member, member + "," + member))))
                    .isEqualTo("not-json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00x", "\\udc00\\ud800", "\ud800"})
    void unsendableText_isMalformed(String text) {
        for (String sent : List.of("1:a", "vm", "secret-token", "operator.read", "system.run")) {
            assertThat(ConnectFrame.parse(VALID.replace("\"" + sent + "\"", "\"" + text + "\"")))
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void astralText_isAccepted() {
        ConnectFrame frame = ConnectJson.frame(
                ConnectJson.with(ConnectJson.minimal(), "/params/client/displayName", "\"\\ud83d\\ude80 \\n\""));

        assertThat(frame.client().displayName()).contains("\ud83d\ude80 \n");
    }

    @Test
    void byteOrderMark_isMalformed() {
        assertThat(ConnectFrame.parse("\ufeff" + VALID)).isInstanceOf(Malformed.class);
    }

    @Test
    void rawControlCharacter_isMalformed() {
        assertThat(ConnectFrame.parse(VALID.replace("secret-token", "a\u0000b")))
                .isInstanceOf(Malformed.class);
        assertThat(ConnectFrame.parse("\u0000")).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @MethodSource("members")
    void longString_isMalformed_andNotQuoted(String pointer) {
        ObjectNode frame = ConnectJson.with(ConnectJson.full(), pointer, "\"" + FLOOD + "\"");

        String message =
                ConnectJson.malformed(frame.toString()).refusal().error().message();

        assertThat(message).hasSizeLessThan(200).doesNotContain("ff");
    }

    @Test
    void longName_isMalformed() {
        assertThat(ConnectFrame.parse("{\"" + FLOOD + "\":1}")).isInstanceOf(Malformed.class);
    }

    @Test
    void longArrays_areMalformed() {
        assertThat(message("/params/scopes", 65)).endsWith("at /scopes: must NOT have more than 64 items");
        assertThat(message("/params/caps", 513)).endsWith("at /caps: must NOT have more than 512 items");
        assertThat(message("/params/commands", 513)).endsWith("at /commands: must NOT have more than 512 items");
    }

    private static String message(String pointer, int items) {
        String array = "[" + "\"a\",".repeat(items - 1) + "\"a\"]";
        return ConnectJson.malformed(ConnectJson.with(ConnectJson.full(), pointer, Optional.of(array))
                        .toString())
                .refusal()
                .error()
                .message();
    }

    private static Stream<String> below(String pointer, JsonNode object) {
        return object.properties().stream()
                .flatMap(member -> Stream.concat(
                        Stream.of(pointer + "/" + member.getKey()),
                        below(pointer + "/" + member.getKey(), member.getValue())));
    }
}
