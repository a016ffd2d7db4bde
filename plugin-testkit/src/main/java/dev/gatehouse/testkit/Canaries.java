package dev.gatehouse.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.gatehouse.spi.Credentials;
import dev.gatehouse.spi.Secret;

/**
 * Secrets that must never be seen again: those that the contract makes clients present, and those of the settings.
 *
 * @param secrets each by the name of where it was put
 */
record Canaries(Map<String, String> secrets) {

    /** Shorter ones could stand in a text by chance. */
    static final int LENGTH_MIN = 12;

    private static final String TOKEN = "canary-token-5f1c9d27";
    private static final String PASSWORD = "canary-password-81b3e0aa";
    private static final String DEVICE_TOKEN = "canary-device-token-c04d7712";
    private static final String BOOTSTRAP_TOKEN = "canary-bootstrap-token-9e6a35f0";
    private static final String AUTHORIZATION = "canary-authorization-2d78c1e4";
    private static final String COOKIE = "canary-cookie-b6f09353";

    /** The secrets of valid settings, as they reach the check. */
    static Map<String, String> ofSettings(Optional<Class<? extends Record>> type, Map<String, Object> settings) {
        List<String> keys = type.stream()
                .flatMap(record -> Arrays.stream(record.getRecordComponents()))
                .filter(component -> SettingsBinder.valueType(component) == Secret.Source.class)
                .map(SettingsBinder::key)
                .toList();
        Map<String, String> found = new TreeMap<>();
        settings.forEach((key, value) -> {
            if (keys.contains(key)) {
                found.put("the setting '" + key + "'", text(value));
            }
        });
        return found;
    }

    static Canaries with(Map<String, String> ofSettings) {
        Map<String, String> all = new TreeMap<>(ofSettings);
        all.put("auth.token", TOKEN);
        all.put("auth.password", PASSWORD);
        all.put("auth.deviceToken", DEVICE_TOKEN);
        all.put("auth.bootstrapToken", BOOTSTRAP_TOKEN);
        all.put("the Authorization header", AUTHORIZATION);
        all.put("the Cookie header", COOKIE);
        return new Canaries(all);
    }

    /** Connections that present them all: each in its place, one alone, and the secrets of the settings as credentials. */
    List<ConnectFixture> presentedBy(List<ConnectFixture> bases) {
        List<ConnectFixture> presenting = new ArrayList<>(bases);
        for (ConnectFixture base : bases) {
            ConnectFixture headers = base.withHeader("authorization", "Bearer " + AUTHORIZATION)
                    .withHeader("cookie", "session=" + COOKIE);
            presenting.add(headers);
            presenting.add(headers.withToken(TOKEN));
            presenting.add(headers.withPassword(PASSWORD));
            presenting.add(headers.withDevice().withDeviceToken(DEVICE_TOKEN));
            presenting.add(headers.withDevice().withBootstrapToken(BOOTSTRAP_TOKEN));
            presenting.add(headers.withToken(TOKEN)
                    .withPassword(PASSWORD)
                    .withDeviceToken(DEVICE_TOKEN)
                    .withBootstrapToken(BOOTSTRAP_TOKEN));
            secrets.forEach((place, secret) -> {
                presenting.add(base.withToken(secret));
                presenting.add(base.withPassword(secret));
                presenting.add(base.withHeader("authorization", "Bearer " + secret));
            });
        }
        return List.copyOf(presenting);
    }

    /** Which of them a text gives away, those of the connection's own credentials included; never the secret itself. */
    Optional<String> leakedIn(String text, ConnectFixture connection) {
        return leakedIn(text)
                .or(() -> ownSecrets(connection.connect().credentials())
                        .filter(own -> own.length() >= LENGTH_MIN)
                        .filter(text::contains)
                        .findFirst()
                        .map(own -> "gives away a credential of the connection"));
    }

    /** Which of them a text gives away. */
    Optional<String> leakedIn(String text) {
        return secrets.entrySet().stream()
                .filter(secret -> text.contains(secret.getValue()))
                .findFirst()
                .map(secret -> "gives away " + secret.getKey());
    }

    private static Stream<String> ownSecrets(Credentials sent) {
        return Stream.of(sent.token(), sent.password(), sent.deviceToken(), sent.bootstrapToken())
                .flatMap(Optional::stream)
                .map(Secret::expose);
    }

    private static String text(Object given) {
        return given instanceof Secret.Source source
                ? source.read().map(Secret::expose).orElse("")
                : String.valueOf(given);
    }
}
