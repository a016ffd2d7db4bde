package dev.gatehouse.bootstrap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import dev.gatehouse.config.OwnerOnlyFile;
import dev.gatehouse.config.RecordBinder;
import dev.gatehouse.device.Actor;
import dev.gatehouse.device.ApiKeys;
import dev.gatehouse.spi.Secret;

/** Makes what a gateway without any config needs: its shared token, and the first API key. */
final class FirstStart {

    /** The setting that it fills in. */
    static final String SETTING = "checks.token.token";

    private static final String TOKEN_CHECK = "token";
    private static final Set<String> SECRET_SETTINGS = Set.of("token", "password");
    private static final int TOKEN_BYTES = 32;

    private final Path gatewayToken;
    private final SecureRandom random;

    /**
     * The first start of a gateway.
     *
     * @param gatewayToken the file of the shared token, if the operator names none
     */
    FirstStart(Path gatewayToken, SecureRandom random) {
        this.gatewayToken = gatewayToken;
        this.random = random;
    }

    /**
     * Gives the token check a secret when the operator gave it none: a file that only the gateway's owner can read, made
     * once.
     *
     * @param checks the settings of the checks as the operator wrote them
     * @return the same, with the reference added where it is needed
     */
    Map<String, Object> withGatewayToken(Map<String, Object> checks, Map<String, String> environment) {
        Object written = checks.getOrDefault(TOKEN_CHECK, Map.of());
        if (!(written instanceof Map<?, ?> settings) || hasSecret(settings, environment)) {
            return checks;
        }
        if (!Files.exists(gatewayToken)) {
            byte[] token = new byte[TOKEN_BYTES];
            random.nextBytes(token);
            OwnerOnlyFile.write(
                    gatewayToken,
                    Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(token)));
        }
        Map<Object, Object> completed = new HashMap<>(settings);
        completed.put("token", reference());
        Map<String, Object> all = new HashMap<>(checks);
        all.put(TOKEN_CHECK, completed);
        return all;
    }

    /** Whether the secret of the token check is the one that the gateway made. */
    boolean isGatewayToken(Map<String, Object> checks) {
        return checks.get(TOKEN_CHECK) instanceof Map<?, ?> settings
                && reference().equals(settings.get("token"));
    }

    private String reference() {
        return "file:" + gatewayToken;
    }

    /** Makes the first API key, when there is none at all. */
    void ensureApiKey(ApiKeys keys, Path file) {
        if (keys.isEmpty()) {
            OwnerOnlyFile.write(file, keys.create(Actor.GATEWAY, "first key"));
        }
    }

    private static boolean hasSecret(Map<?, ?> settings, Map<String, String> environment) {
        return SECRET_SETTINGS.stream()
                .anyMatch(name -> settings.containsKey(name)
                        || environment.containsKey(RecordBinder.variable("checks." + TOKEN_CHECK + "." + name)));
    }
}
