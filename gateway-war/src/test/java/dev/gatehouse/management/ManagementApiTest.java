package dev.gatehouse.management;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.gatehouse.management.ManagementServer.Answer;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.device.RegistryFixture.claim;
import static org.assertj.core.api.Assertions.assertThat;

class ManagementApiTest {

    private final ManagementServer server = new ManagementServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void list_pendingRequests_showsWhoWaits() throws Exception {
        String request = server.fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        Answer answer = server.call("GET", "/pairing-requests");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).isEqualTo("application/json");
        assertThat(answer.body().at("/items")).hasSize(1);
        assertThat(answer.body().at("/items/0").toString())
                .isEqualTo("{\"requestId\":\"" + request + "\",\"code\":\"" + request.substring(0, 9)
                        + "\",\"state\":\"pending\",\"deviceId\":\"d1\","
                        + "\"role\":\"operator\",\"scopes\":[\"operator.read\"],\"reason\":\"not-paired\","
                        + "\"displayName\":\"Ada's laptop\",\"platform\":\"linux\",\"deviceFamily\":\"PC\","
                        + "\"clientId\":\"cli\",\"clientMode\":\"cli\",\"clientVersion\":\"2026.9.6\","
                        + "\"peer\":\"192.0.2.7\",\"local\":false,\"createdAt\":\"2026-11-22T10:00:00Z\","
                        + "\"refreshedAt\":\"2026-11-22T10:00:00Z\"}");
    }

    @Test
    void list_otherStates_areFiltered() throws Exception {
        server.fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        assertThat(server.call("GET", "/pairing-requests?state=approved").body().at("/items"))
                .isEmpty();
        assertProblem(server.call("GET", "/pairing-requests?state=lost"), 400, "QUERY_INVALID");
    }

    @Test
    void approve_withoutBody_grantsAllThatWasAskedFor() throws Exception {
        String request = server.fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        Answer answer = server.call("POST", "/pairing-requests/" + request + "/approve");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/state").asText()).isEqualTo("approved");
        assertThat(server.call("GET", "/devices/d1").body().toString())
                .isEqualTo(
                        "{\"deviceId\":\"d1\",\"publicKey\":\"key-of-d1\",\"displayName\":\"Ada's laptop\",\"platform\":\"linux\","
                                + "\"deviceFamily\":\"PC\",\"clientId\":\"cli\",\"clientMode\":\"cli\","
                                + "\"createdAt\":\"2026-11-22T10:00:00Z\","
                                + "\"approvedAt\":\"2026-11-22T10:00:00Z\",\"approvedVia\":\"owner\","
                                + "\"address\":\"192.0.2.7\","
                                + "\"grants\":[{\"role\":\"operator\",\"scopes\":[\"operator.read\"],\"withheld\":[]}]}");
    }

    @Test
    void devices_areListedPageByPage() throws Exception {
        for (String device : List.of("d1", "d2", "d3")) {
            server.fixture.pair(device, "operator.read");
        }

        Answer first = server.call("GET", "/devices?limit=2");
        String next = URLEncoder.encode(first.body().at("/next").asText(), StandardCharsets.UTF_8);
        Answer second = server.call("GET", "/devices?limit=2&after=" + next);

        assertThat(first.body().at("/items"))
                .extracting(item -> item.at("/deviceId").asText())
                .containsExactly("d1", "d2");
        assertThat(second.body().at("/items"))
                .extracting(item -> item.at("/deviceId").asText())
                .containsExactly("d3");
        assertThat(second.body().has("next")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=many", "after=nowhere", "after=1234567890123456~d1"})
    void devices_queryThatIsNone_isAProblem(String query) throws Exception {
        assertProblem(server.call("GET", "/devices?" + query), 400, "QUERY_INVALID");
    }

    @Test
    void request_isRejectedByItsCode() throws Exception {
        String request = server.fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        Answer answer = server.call("POST", "/pairing-requests/" + request.substring(0, 9) + "/reject");

        assertThat(answer.body().at("/requestId").asText()).isEqualTo(request);
    }

    @Test
    void approve_withScopesAndLabel_grantsThoseAndNamesTheDevice() throws Exception {
        String request = server.fixture.open(claim("d1", Role.OPERATOR, "operator.write"));

        server.call(
                "POST",
                "/pairing-requests/" + request + "/approve",
                "{\"scopes\":[\"operator.read\"],\"label\":\"laptop\"}");

        Answer device = server.call("GET", "/devices/d1");
        assertThat(device.body().at("/label").asText()).isEqualTo("laptop");
        assertThat(device.body().at("/grants/0/withheld/0").asText()).isEqualTo("operator.write");
    }

    @Test
    void approve_moreThanAskedFor_isUnprocessable() throws Exception {
        String request = server.fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        Answer answer =
                server.call("POST", "/pairing-requests/" + request + "/approve", "{\"scopes\":[\"operator.admin\"]}");

        assertProblem(answer, 422, "APPROVAL_INVALID");
        assertThat(answer.body().at("/detail").asText()).contains("'operator.admin'");
        assertThat(answer.body().at("/type").asText()).isEqualTo("urn:gatehouse:problem:approval-invalid");
    }

    @Test
    void approve_resolvedRequest_isConflict() throws Exception {
        String request = server.fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        assertThat(server.call("POST", "/pairing-requests/" + request + "/reject")
                        .status())
                .isEqualTo(200);

        Answer answer = server.call("POST", "/pairing-requests/" + request + "/approve");

        assertProblem(answer, 409, "PAIRING_REQUEST_RESOLVED");
        assertThat(answer.body().at("/detail").asText()).contains("already rejected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"scopes\":\"operator.read\"}",
                "{\"label\":1}",
                "{\"surprise\":1}",
                "{} {}",
                "{\"label\":\"a\",\"label\":\"b\"}"
            })
    void approve_malformedBody_isBadRequestAndChangesNothing(String body) throws Exception {
        String request = server.fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        Answer answer = server.call("POST", "/pairing-requests/" + request + "/approve", body);

        assertProblem(answer, 400, "BODY_MALFORMED");
        assertThat(answer.body().at("/detail").asText()).doesNotContain("gatehouse", "java");
        assertThat(server.fixture.registry.find("d1")).isEmpty();
    }

    @Test
    void approve_hugeBody_isTooLarge() throws Exception {
        String body = "{\"label\":\"" + "x".repeat(65_536) + "\"}";

        assertProblem(server.call("POST", "/pairing-requests/x/approve", body), 413, "BODY_TOO_LARGE");
    }

    @Test
    void relabel_device_changesItsLabel() throws Exception {
        server.fixture.registry.approveSilently(claim("d1", Role.OPERATOR, "operator.read"));

        Answer answer = server.call("PATCH", "/devices/d1", "{\"label\":\"laptop\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/label").asText()).isEqualTo("laptop");
        assertProblem(server.call("PATCH", "/devices/d1", "{\"label\":\" \"}"), 422, "LABEL_INVALID");
        assertProblem(server.call("PATCH", "/devices/d1", "{}"), 400, "BODY_MALFORMED");
        assertProblem(server.call("PATCH", "/devices/d1", ""), 400, "BODY_MALFORMED");
        assertProblem(server.call("PATCH", "/devices/nobody", "{\"label\":\"x\"}"), 404, "DEVICE_UNKNOWN");
    }

    @Test
    void remove_device_isGone() throws Exception {
        server.fixture.registry.approveSilently(claim("d1", Role.OPERATOR, "operator.read"));

        assertThat(server.call("DELETE", "/devices/d1").status()).isEqualTo(204);
        assertProblem(server.call("GET", "/devices/d1"), 404, "DEVICE_UNKNOWN");
        assertThat(server.call("GET", "/devices").body().at("/items")).isEmpty();
    }

    @Test
    void device_withToken_showsTimesAndNoHash() throws Exception {
        server.fixture.registry.approveSilently(claim("d1", Role.OPERATOR, "operator.read"));
        server.fixture.registry.tokenForHello("d1", Role.OPERATOR);

        Answer answer = server.call("GET", "/devices");

        assertThat(answer.body().at("/items/0/grants/0/tokenIssuedAt").asText()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(answer.response().body()).doesNotContain("sha256");
        assertThat(server.fixture
                        .registry
                        .grant("d1", Role.OPERATOR)
                        .orElseThrow()
                        .scopes())
                .isEqualTo(Scopes.of("operator.read"));
    }

    @Test
    void rotate_token_saysUntilWhenTheOldOneIsValidAndShowsNoToken() throws Exception {
        server.fixture.pair("d1", "operator.write");
        server.fixture.registry.tokenForHello("d1", Role.OPERATOR);

        Answer answer = server.call("POST", "/devices/d1/tokens/operator/rotate");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toString())
                .isEqualTo("{\"deviceId\":\"d1\",\"role\":\"operator\","
                        + "\"scopes\":[\"operator.read\",\"operator.write\"],"
                        + "\"rotatedAt\":\"2026-11-22T10:00:00Z\",\"oldValidUntil\":\"2026-11-22T10:10:00Z\"}");
    }

    @Test
    void rotate_tokenToFewerScopes_showsThemInTheDevice() throws Exception {
        server.fixture.pair("d1", "operator.write");

        server.call("POST", "/devices/d1/tokens/operator/rotate", "{\"scopes\":[\"operator.read\"]}");

        assertThat(server.call("GET", "/devices/d1").body().at("/grants/0").toString())
                .isEqualTo("{\"role\":\"operator\",\"scopes\":[\"operator.read\",\"operator.write\"],"
                        + "\"withheld\":[],\"tokenScopes\":[\"operator.read\"],"
                        + "\"tokenRotatedAt\":\"2026-11-22T10:00:00Z\"}");
    }

    @Test
    void rotate_whatThereIsNot_saysWhatIsWrong() throws Exception {
        server.fixture.pair("d1", "operator.read");

        assertProblem(server.call("POST", "/devices/nobody/tokens/operator/rotate"), 404, "DEVICE_UNKNOWN");
        assertProblem(server.call("POST", "/devices/d1/tokens/node/rotate"), 404, "ROLE_NOT_APPROVED");
        assertProblem(server.call("POST", "/devices/d1/tokens/king/rotate"), 404, "ROLE_UNKNOWN");
        assertProblem(
                server.call("POST", "/devices/d1/tokens/operator/rotate", "{\"scopes\":[\"operator.admin\"]}"),
                422,
                "ROTATION_INVALID");
        assertProblem(server.call("POST", "/devices/d1/tokens/operator/rotate", "{"), 400, "BODY_MALFORMED");
    }

    @Test
    void revoke_token_endsTheRoleUntilItIsApprovedAgain() throws Exception {
        server.fixture.pair("d1", "operator.read");

        assertThat(server.call("DELETE", "/devices/d1/tokens/operator").status())
                .isEqualTo(204);
        assertThat(server.call("DELETE", "/devices/d1/tokens/operator").status())
                .isEqualTo(204);

        assertThat(server.call("GET", "/devices/d1")
                        .body()
                        .at("/grants/0/tokenRevokedAt")
                        .asText())
                .isEqualTo("2026-11-22T10:00:00Z");
        assertThat(server.fixture.registry.grant("d1", Role.OPERATOR)).isEmpty();
        assertProblem(server.call("DELETE", "/devices/d1/tokens/node"), 404, "ROLE_NOT_APPROVED");
        assertProblem(server.call("DELETE", "/devices/nobody/tokens/operator"), 404, "DEVICE_UNKNOWN");
    }

    @Test
    void approve_byDeviceIdWithSeveralRequests_isConflictThatNamesThem() throws Exception {
        String operator = server.fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        server.fixture.open(claim("d1", Role.NODE));

        Answer answer = server.call("POST", "/pairing-requests/d1/approve");

        assertProblem(answer, 409, "DEVICE_AMBIGUOUS");
        assertThat(answer.body().at("/detail").asText()).contains("'" + operator + "' (operator)");
    }

    @Test
    void anyPath_withoutGoodKey_isUnauthorizedAndSaysNothingAboutThePath() throws Exception {
        for (Answer answer : new Answer[] {
            server.callWithoutKey("/devices"),
            server.callWithoutKey("/nowhere"),
            server.callWithAuthorization("Basic gk_x", "/devices"),
            server.callWithAuthorization("Bearer gk_00000000_" + "A".repeat(43), "/devices")
        }) {
            assertProblem(answer, 401, "API_KEY_REQUIRED");
            assertThat(answer.response().headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer realm=\"gatehouse\"");
        }
    }

    @Test
    void refusalsOfTheServer_areProblemsToo() throws Exception {
        assertProblem(server.call("GET", "/nowhere"), 404, "HTTP_404");
        assertProblem(server.call("PUT", "/devices", "{}"), 405, "HTTP_405");
        assertProblem(server.call("GET", "/pairing-requests/none"), 404, "PAIRING_REQUEST_UNKNOWN");
    }

    @Test
    void anyCall_databaseDown_isUnavailableAndSaysWhenToRetry() throws Exception {
        server.fixture.database.close();

        Answer answer = server.call("GET", "/devices");

        assertProblem(answer, 503, "UNAVAILABLE");
        assertThat(answer.response().headers().firstValue("Retry-After")).contains("5");
    }

    @Test
    void unexpectedFailure_isAnIncidentWithoutInternals() {
        Problem problem = (Problem) new ProblemMapper()
                .toResponse(new IllegalStateException("internals"))
                .getEntity();

        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.code()).isEqualTo("INTERNAL_ERROR");
        assertThat(problem.incidentId()).isPresent();
        assertThat(problem.detail()).doesNotContain("internals");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.body().at("/status").asInt()).isEqualTo(status);
        assertThat(answer.body().at("/code").asText()).isEqualTo(code);
        assertThat(answer.body().at("/title").asText()).isNotBlank();
    }
}
