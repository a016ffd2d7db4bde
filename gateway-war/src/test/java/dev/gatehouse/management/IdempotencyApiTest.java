package dev.gatehouse.management;

import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Optional;

import dev.gatehouse.device.Actor;
import dev.gatehouse.device.KeyScope;
import dev.gatehouse.management.ManagementServer.Answer;
import dev.gatehouse.spi.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.device.RegistryFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

/** Calls with an {@code Idempotency-Key}, over HTTP. */
class IdempotencyApiTest {

    private static final String NEW_KEY = "{\"label\": \"ci\", \"scope\": \"read\"}";

    private final ManagementServer server = new ManagementServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void newKey_askedForTwice_isMadeOnce_andItsSecretToldAgain() throws Exception {
        Answer first = create("order-1", NEW_KEY);
        Answer again = create("order-1", NEW_KEY);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.mediaType()).isEqualTo("application/json");
        assertThat(again.response().body()).isEqualTo(first.response().body()).contains("gk_");
        assertThat(header(again, "Location"))
                .isEqualTo(header(first, "Location"))
                .isNotEmpty();
        assertThat(header(again, "ETag")).isEqualTo(header(first, "ETag")).isNotEmpty();
        assertThat(header(first, "Idempotency-Replayed")).isEmpty();
        assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");
        assertThat(header(again, "Cache-Control")).isEqualTo("no-store");
        assertThat(keysCalled("ci")).isEqualTo(1);
    }

    @Test
    void invitation_asAnImage_isGivenAgainByteForByte() throws Exception {
        var first = server.callBytes("/invitations", "{\"profile\": \"node\"}", "image/png", "order-1");
        var again = server.callBytes("/invitations", "{\"profile\": \"node\"}", "image/png", "order-1");
        var asText = server.callBytes("/invitations", "{\"profile\": \"node\"}", "application/json", "order-1");

        assertThat(again.body()).isEqualTo(first.body()).isNotEmpty();
        assertThat(again.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(asText.statusCode()).isEqualTo(422);
        assertThat(server.call("GET", "/invitations").body().at("/items")).hasSize(1);
    }

    @Test
    void anotherCall_underTheSameKey_isRefused() throws Exception {
        create("order-1", NEW_KEY);

        Answer other = create("order-1", NEW_KEY.replace("ci", "cd"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body().at("/code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(keysCalled("cd")).isZero();
    }

    @Test
    void refusal_thatIsFinal_isGivenAgain() throws Exception {
        Answer first = approve("order-1", "d1");
        server.fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        Answer again = approve("order-1", "d1");

        assertThat(first.status()).isEqualTo(404);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.mediaType()).isEqualTo("application/problem+json");
        assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void decision_sentTwice_isAnsweredAsTheFirst() throws Exception {
        String request = server.fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        Answer first = approve("order-1", request);
        Answer again = approve("order-1", request);

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(approve("order-2", request).status()).isEqualTo(409);
    }

    @Test
    void refusal_forWantOfScope_isNotKept() throws Exception {
        String reader = server.keys
                .create(Actor.OWNER, "reader", KeyScope.READ, Optional.empty())
                .secret()
                .expose();

        for (int i = 0; i < 2; i++) {
            Answer answer = server.callAs(reader, "POST", "/keys", NEW_KEY, "Idempotency-Key", "order-1");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(header(answer, "Idempotency-Replayed")).isEmpty();
        }
    }

    @Test
    void anotherApiKey_hasIdempotencyKeysOfItsOwn() throws Exception {
        create("order-1", NEW_KEY);
        String other = server.keys.create(Actor.OWNER, "other").expose();

        Answer answer = server.callAs(other, "POST", "/keys", NEW_KEY, "Idempotency-Key", "order-1");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(keysCalled("ci")).isEqualTo(2);
    }

    @Test
    void crash_betweenChangeAndAnswer_isNoticedAndRepeatedByNobody() throws Exception {
        create("order-1", NEW_KEY);
        crashBeforeTheAnswerWasKept(Duration.ZERO);

        Answer soon = create("order-1", NEW_KEY);
        assertThat(soon.status()).isEqualTo(409);
        assertThat(soon.body().at("/code").asText()).isEqualTo("IDEMPOTENCY_CALL_UNDER_WAY");
        assertThat(header(soon, "Retry-After")).isEqualTo("2");

        crashBeforeTheAnswerWasKept(Duration.ofMinutes(2));
        Answer later = create("order-1", NEW_KEY);
        assertThat(later.status()).isEqualTo(409);
        assertThat(later.body().at("/code").asText()).isEqualTo("IDEMPOTENCY_OUTCOME_UNKNOWN");
        assertThat(later.body().at("/detail").asText()).contains("GET /audit");
        assertThat(keysCalled("ci")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with blank", "tab\tin"})
    void key_thatIsNone_isRefused(String idempotencyKey) throws Exception {
        assertKeyRefused(idempotencyKey);
    }

    @Test
    void key_thatIsTooLong_isRefused() throws Exception {
        assertThat(create("k".repeat(128), NEW_KEY).status()).isEqualTo(201);
        assertKeyRefused("k".repeat(129));
    }

    @Test
    void callThatChangesNothing_isDoneEachTime() throws Exception {
        for (int i = 0; i < 2; i++) {
            Answer verified = server.callWith("POST", "/audit/verify", "", "Idempotency-Key", "order-1");
            assertThat(verified.status()).isEqualTo(200);
            assertThat(header(verified, "Idempotency-Replayed")).isEmpty();
        }
    }

    private void assertKeyRefused(String idempotencyKey) throws Exception {
        Answer answer = create(idempotencyKey, NEW_KEY.replace("ci", "never"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/code").asText()).isEqualTo("IDEMPOTENCY_KEY_INVALID");
        assertThat(keysCalled("never")).isZero();
    }

    /** The table as a gateway leaves it that dies after the change was committed and before its answer was kept. */
    private void crashBeforeTheAnswerWasKept(Duration ago) {
        int changed = server.fixture.database.jdbc(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update idempotent_call set answer = null, begun_at = begun_at - ?")) {
                update.setLong(1, ago.toMillis());
                return update.executeUpdate();
            }
        });
        assertThat(changed).isEqualTo(1);
    }

    private Answer create(String idempotencyKey, String body) throws Exception {
        return server.callWith("POST", "/keys", body, "Idempotency-Key", idempotencyKey);
    }

    private Answer approve(String idempotencyKey, String request) throws Exception {
        return server.callWith(
                "POST", "/pairing-requests/" + request + "/approve", "", "Idempotency-Key", idempotencyKey);
    }

    private long keysCalled(String label) {
        return server.keys.list().stream()
                .filter(key -> key.label().equals(label))
                .count();
    }

    private static String header(Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElse("");
    }
}
