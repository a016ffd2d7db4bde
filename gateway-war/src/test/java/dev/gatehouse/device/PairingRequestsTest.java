package dev.gatehouse.device;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.gatehouse.spi.PairingDesk;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.gatehouse.device.RegistryFixture.claim;
import static dev.gatehouse.device.RegistryFixture.claimFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PairingRequestsTest {

    private final RegistryFixture fixture = new RegistryFixture(
            new DeviceSettings(Duration.ofMinutes(60), 5, 3, Duration.ofSeconds(7), Duration.ofMinutes(10)));
    private final DeviceRegistry registry = fixture.registry;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void open_unknownDevice_opensRequestThatFitsEveryCloseReason() {
        PairingDesk.Ticket ticket =
                registry.open(claim("d1", Role.OPERATOR, "operator.read")).orElseThrow();

        assertThat(ticket.requestId()).matches("[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}");
        assertThat(ticket.pollEvery()).isEqualTo(Duration.ofSeconds(7));
        assertThat("pairing required: device is asking for a higher role than currently approved (requestId: "
                        + ticket.requestId() + ")")
                .hasSizeLessThanOrEqualTo(120);
        assertThat(fixture.events).containsExactly(new DeviceEvent.PairingRequested(ticket.requestId(), "d1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "%s-%s", "%s%s", " %s ", "%s-%s-%s", "%s%s%s"})
    void approve_idOrCode_asPeopleTypeIt(String form) {
        PairingDesk.Ticket ticket =
                registry.open(claim("d1", Role.OPERATOR, "operator.read")).orElseThrow();
        String[] groups = ticket.requestId().split("-", -1);
        String typed = form.chars().filter(each -> each == '%').count() == 1
                ? String.format(form, ticket.code())
                : String.format(form, (Object[]) groups);

        assertThat(fixture.approve(typed.toUpperCase(Locale.ROOT)).requestId()).isEqualTo(ticket.requestId());
    }

    @Test
    void approve_lettersThatLookLikeDigits_areRead() {
        assertThat(SpokenId.beginning("oIlb-cdef")).contains("011b-cdef-");
        assertThat(SpokenId.beginning("abcd")).isEmpty();
        assertThat(SpokenId.beginning("abcd-efg%")).isEmpty();
    }

    @Test
    void approve_codeThatTwoRequestsHave_approvesNeither() {
        String first = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        String code = first.substring(0, 9);
        String second = code + "-" + (first.endsWith("0000") ? "1111" : "0000");
        fixture.database.<Integer>inTransaction(entityManager -> {
            entityManager.persist(new PairingRequestEntity(
                    second, claim("d2", Role.OPERATOR, "operator.admin"), fixture.clock.millis()));
            return 1;
        });

        assertThatThrownBy(() -> fixture.approve(code))
                .isInstanceOf(AmbiguousDevice.class)
                .hasMessageContaining(second);
        registry.reject(Authority.owner(), second);
        assertThatThrownBy(() -> fixture.approve(code))
                .as("somebody may have seen the code of the one that ended")
                .isInstanceOf(AmbiguousDevice.class);
        assertThat(fixture.approve(first).requestId()).isEqualTo(first);
    }

    @Test
    void open_retryOfTheSameDevice_keepsTheId() {
        String first = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        fixture.clock.advance(Duration.ofMinutes(59));
        String second = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        fixture.clock.advance(Duration.ofMinutes(59));
        String third = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        assertThat(List.of(second, third)).containsOnly(first);
        assertThat(fixture.events).hasSize(1);
    }

    @Test
    void open_widerScopes_widensTheSameRequest() {
        String first = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        String second = fixture.open(claim("d1", Role.OPERATOR, "operator.write", "operator.approvals"));

        assertThat(second).isEqualTo(first);
        assertThat(registry.pairingRequest(Authority.owner(), first).scopes())
                .isEqualTo(Scopes.of("operator.approvals", "operator.read", "operator.write"));
        assertThat(fixture.events).endsWith(new DeviceEvent.PairingWidened(first, "d1"));
    }

    @Test
    void open_narrowerScopes_keepsWhatWasAskedFor() {
        String first = fixture.open(claim("d1", Role.OPERATOR, "operator.admin"));
        fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        assertThat(registry.pairingRequest(Authority.owner(), first).scopes().covers("operator.admin"))
                .isTrue();
    }

    @Test
    void open_anotherRole_opensAnotherRequest() {
        String operator = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        String node = fixture.open(claim("d1", Role.NODE, "node.b", "node.a"));

        assertThat(node).isNotEqualTo(operator);
        assertThat(registry.pairingRequest(Authority.owner(), node).scopes().asList())
                .containsExactly("node.b", "node.a");
    }

    @Test
    void open_scopeWithBlankInside_isNotStored() {
        String request = fixture.open(claim("d1", Role.OPERATOR, "operator.read", "x operator.admin"));

        assertThat(registry.pairingRequest(Authority.owner(), request).scopes()).isEqualTo(Scopes.of("operator.read"));
    }

    @RepeatedTest(10)
    void open_atTheSameMoment_opensOneRequest() throws Exception {
        List<Object> ids = Race.of(4, () -> fixture.open(claim("d1", Role.OPERATOR, "operator.read")));

        assertThat(ids).doesNotHaveAnyElementsOfTypes(Throwable.class);
        assertThat(ids.stream().distinct()).hasSize(1);
        assertThat(registry.pairingRequests(Authority.owner(), PairingRequest.State.PENDING))
                .hasSize(1);
    }

    @Test
    void open_tooManyFromOneAddress_isRefusedButOthersAndRetriesAreNot() {
        fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        fixture.open(claim("d2", Role.OPERATOR, "operator.read"));
        fixture.open(claim("d3", Role.OPERATOR, "operator.read"));

        assertThat(registry.open(claim("d4", Role.OPERATOR, "operator.read"))).isEmpty();
        assertThat(registry.open(claim("d1", Role.OPERATOR, "operator.read"))).isPresent();
        assertThat(registry.open(claimFrom("192.0.2.8", "d4", Role.OPERATOR, "operator.read")))
                .isPresent();
    }

    @Test
    void open_tooManyInAll_isRefusedUntilSomeExpire() {
        for (int device = 1; device <= 5; device++) {
            fixture.open(claimFrom("192.0.2." + device, "d" + device, Role.OPERATOR, "operator.read"));
        }
        PairingDesk.Claim late = claimFrom("192.0.2.9", "d9", Role.OPERATOR, "operator.read");

        assertThat(registry.open(late)).isEmpty();
        fixture.clock.advance(Duration.ofMinutes(61));
        assertThat(registry.open(late)).isPresent();
    }

    @Test
    void open_afterExpiry_opensNewRequestAndEndsTheOldOne() {
        String first = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        fixture.clock.advance(Duration.ofMinutes(61));

        assertThat(registry.pairingRequest(Authority.owner(), first).state()).isEqualTo(PairingRequest.State.EXPIRED);
        String second = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        assertThat(second).isNotEqualTo(first);
        assertThat(fixture.events)
                .endsWith(new DeviceEvent.PairingExpired(first, "d1"), new DeviceEvent.PairingRequested(second, "d1"));
    }

    @Test
    void expireOverdue_overdueRequests_endsThemOnce() {
        String overdue = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        fixture.clock.advance(Duration.ofMinutes(61));
        fixture.open(claim("d2", Role.OPERATOR, "operator.read"));

        assertThat(registry.expireOverdue()).isEqualTo(1);
        assertThat(registry.expireOverdue()).isZero();
        assertThat(fixture.events).endsWith(new DeviceEvent.PairingExpired(overdue, "d1"));
        assertThat(registry.pairingRequests(Authority.owner(), PairingRequest.State.EXPIRED))
                .extracting(PairingRequest::requestId)
                .containsExactly(overdue);
        assertThat(registry.pairingRequests(Authority.owner(), PairingRequest.State.PENDING))
                .hasSize(1);
    }

    @Test
    void expireOverdue_longAfterTheEnd_forgetsTheRequest() {
        String request = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        registry.reject(Authority.owner(), request);
        fixture.clock.advance(Duration.ofDays(8));

        registry.expireOverdue();

        assertThatThrownBy(() -> registry.pairingRequest(Authority.owner(), request))
                .isInstanceOf(UnknownPairingRequest.class);
    }

    @Test
    void reject_pendingRequest_endsItAndLetsTheDeviceAskAgain() {
        String request = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));

        assertThat(registry.reject(Authority.owner(), request).state()).isEqualTo(PairingRequest.State.REJECTED);
        assertThat(registry.find("d1")).isEmpty();
        assertThat(fixture.events).endsWith(new DeviceEvent.PairingRejected(request, "d1"));
        assertThat(fixture.open(claim("d1", Role.OPERATOR, "operator.read"))).isNotEqualTo(request);
    }

    @Test
    void approve_expiredRequest_saysThatItExpired() {
        String request = fixture.open(claim("d1", Role.OPERATOR, "operator.read"));
        fixture.clock.advance(Duration.ofMinutes(61));

        assertThatThrownBy(() -> fixture.approve(request))
                .isInstanceOf(PairingRequestResolved.class)
                .hasMessageContaining("already expired");
    }

    @Test
    void approve_unknownRequest_isUnknown() {
        assertThatThrownBy(() -> fixture.approve("0000-0000-0000")).isInstanceOf(UnknownPairingRequest.class);
    }
}
