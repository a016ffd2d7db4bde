package dev.gatehouse.bootstrap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.admission.AdmissionSettings;
import dev.gatehouse.admission.Examiners;
import dev.gatehouse.admission.NamedCheck;
import dev.gatehouse.device.Authority;
import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.Identity;
import dev.gatehouse.spi.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.gatehouse.bootstrap.GatewayFixture.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

/** A device that an operator removes after the checks have looked at it, and before it is greeted. */
class RemovalDuringDecisionTest {

    private static final Duration NO_DEADLINE = Duration.ofMinutes(1);

    @Test
    void device_thatIsRemovedWhileItConnects_isNotAdmitted(@TempDir Path folder) {
        try (GatewayFixture gateway = GatewayFixture.withToken(folder.resolve("home"));
                Examiners examiners = new Examiners(1)) {
            TestDevice device = new TestDevice();
            Caller caller = Caller.of(Callers.remoteCli().withToken(SECRET)).on(device);
            gateway.pair(caller);
            AdmissionChain chain = chainOf(() -> gateway.devices().remove(Authority.owner(), device.id()), examiners);

            JsonNode error = gateway.open(chain, caller.facts()).connect(caller).error();

            assertThat(error.path("message").asText())
                    .isEqualTo("pairing required: device was removed while it connected");
            assertThat(error.at("/details/code").asText()).isEqualTo("PAIRING_REQUIRED");
            assertThat(error.at("/details/reason").asText()).isEqualTo("not-paired");
            assertThat(gateway.liveSessions()).isZero();
        }
    }

    /** A chain whose one check identifies everybody, while something happens. */
    private static AdmissionChain chainOf(Runnable meanwhile, Examiners examiners) {
        AdmissionCheck check = new AdmissionCheck() {
            @Override
            public Verdict atConnect(ConnectContext context) {
                meanwhile.run();
                return Verdict.identified(new Identity(Identity.TOKEN, "gateway"), context.requestedScopes());
            }
        };
        AdmissionSettings settings = new AdmissionSettings(List.of(), NO_DEADLINE, NO_DEADLINE, 1, 1000, NO_DEADLINE);
        return new AdmissionChain(List.of(new NamedCheck("pairing", check)), settings, examiners);
    }
}
