package dev.gatehouse.device;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.gatehouse.spi.DeviceDirectory.TokenStanding;
import dev.gatehouse.spi.Role;
import dev.gatehouse.spi.Scopes;
import dev.gatehouse.spi.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.gatehouse.device.RegistryFixture.proof;
import static org.assertj.core.api.Assertions.assertThat;

/** Tokens that are withdrawn while their devices connect. */
class TokenRaceTest {

    private static final Scopes READ = Scopes.of("operator.read");
    private static final Authority OWNER = Authority.owner();

    private final RegistryFixture fixture = new RegistryFixture();
    private final Set<String> live = ConcurrentHashMap.newKeySet();
    private final DeviceRegistry registry = new DeviceRegistry(
            fixture.database, () -> Race.settings(Duration.ZERO), fixture.clock, new SecureRandom(), event -> {
                if (event instanceof DeviceEvent.TokenRevoked || event instanceof DeviceEvent.TokenRotated) {
                    live.remove(event.deviceId());
                }
            });

    @AfterEach
    void close() {
        registry.close();
        fixture.close();
    }

    @Test
    void revoke_whileTheDeviceConnects_leavesNoSession() throws Exception {
        for (int round = 0; round < Race.ROUNDS; round++) {
            String device = "d" + round;
            Secret token = token(device);
            Race.between(() -> connect(device, token), () -> registry.revoke(OWNER, device, Role.OPERATOR));

            assertThat(live).isEmpty();
            assertThat(registry.scopesOfToken(proof(device), Role.OPERATOR, READ, token))
                    .isEmpty();
        }
    }

    @Test
    void rotate_withoutOverlapWhileTheDeviceConnects_leavesNoSession() throws Exception {
        for (int round = 0; round < Race.ROUNDS; round++) {
            String device = "d" + round;
            Secret token = token(device);
            Race.between(
                    () -> connect(device, token),
                    () -> registry.rotate(OWNER, device, Role.OPERATOR, Optional.empty()));

            assertThat(live).isEmpty();
            assertThat(registry.tokenForHello(device, Role.OPERATOR)).isPresent();
        }
    }

    @Test
    void rotate_withOverlapWhileTheDeviceConnects_neverLocksItOut() throws Exception {
        for (int round = 0; round < Race.ROUNDS; round++) {
            String device = "d" + round;
            Secret token = token(device);
            Race.between(
                    () -> assertThat(fixture.registry.examine(proof(device), Role.OPERATOR, READ, token))
                            .isInstanceOf(TokenStanding.Valid.class),
                    () -> fixture.registry.rotate(OWNER, device, Role.OPERATOR, Optional.empty()));

            assertThat(fixture.registry.scopesOfToken(proof(device), Role.OPERATOR, READ, token))
                    .isPresent();
        }
    }

    /** What a connection does: it is examined, registered, and then looks once more. */
    private boolean connect(String device, Secret token) {
        if (!(registry.examine(proof(device), Role.OPERATOR, READ, token) instanceof TokenStanding.Valid)) {
            return false;
        }
        live.add(device);
        if (registry.scopesOfToken(proof(device), Role.OPERATOR, READ, token).isEmpty()) {
            live.remove(device);
        }
        return true;
    }

    private Secret token(String device) {
        fixture.pair(device, "operator.read");
        return registry.tokenForHello(device, Role.OPERATOR).orElseThrow().token();
    }
}
