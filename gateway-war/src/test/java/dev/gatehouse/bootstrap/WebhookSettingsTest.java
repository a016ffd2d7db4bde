package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.gatehouse.config.Home;
import dev.gatehouse.config.RecordBinder;
import dev.gatehouse.webhook.WebhookSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebhookSettingsTest {

    private static final String URL = "https://receiver.example/hooks/gatehouse";

    @TempDir
    private Path folder;

    private String secret = "";

    @BeforeEach
    void secret() throws IOException {
        Path file = folder.resolve("secret");
        Files.writeString(file, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
        secret = "file:" + file;
    }

    @Test
    void settings_withNothingWritten_areNone() {
        List<String> problems = new ArrayList<>();
        Optional<GatehouseConfig> config =
                new RecordBinder(new Home(folder), Map.of()).bind(GatehouseConfig.class, "", Map.of(), problems);

        assertThat(problems).isEmpty();
        assertThat(config.orElseThrow().webhooks()).isEmpty();
    }

    @Test
    void webhook_withWhatItNeeds_tellsTheUsualEventsToPublicAddresses() {
        WebhookSettings webhook = only(Map.of());

        assertThat(webhook.events())
                .containsExactly(
                        "pairing.requested",
                        "pairing.approved",
                        "pairing.rejected",
                        "pairing.expired",
                        "device.removed",
                        "token.rotated",
                        "token.revoked",
                        "refusals.spike",
                        "chain.swapped",
                        "chain.failed");
        assertThat(webhook.allowPrivateAddresses()).isFalse();
        assertThat(webhook.previousSecret()).isEmpty();
    }

    @Test
    void webhook_withEverythingWritten_hasWhatWasWritten() {
        WebhookSettings webhook = only(Map.of(
                "url",
                "http://10.0.0.7:8080/hook?key=hidden",
                "previous-secret",
                secret,
                "events",
                List.of("pairing.*", "device.removed"),
                "allow-private-addresses",
                true));

        assertThat(webhook.name()).isEqualTo("on-call");
        assertThat(webhook.url()).isEqualTo("http://10.0.0.7:8080/hook?key=hidden");
        assertThat(webhook.shownUrl()).isEqualTo("http://10.0.0.7:8080/hook");
        assertThat(webhook.secret()).hasToString(secret);
        assertThat(webhook.previousSecret()).isPresent();
        assertThat(webhook.events()).containsExactly("pairing.*", "device.removed");
        assertThat(webhook.allowPrivateAddresses()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://receiver.example/",
                "receiver.example",
                "https:///hook",
                "https://under_score/hook",
                "https://u:p@receiver.example/",
                "https://receiver.example/#part",
                "https://receiver.example:0/",
                "https://receiver.example:65536/",
                "https://receiver.example/a b",
                "https://receiver.example/\u00e9"
            })
    void url_thatCannotBe_isRejectedWithoutWhatMayBeAPassword(String url) {
        assertThat(problems(Map.of("url", url)))
                .singleElement()
                .asString()
                .startsWith("webhooks[0].url: '")
                .contains("is not the URL of a receiver; write one such as https://")
                .doesNotContain("u:p");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://receiver.example/         | false | is not encrypted; use https",
                "https://127.0.0.1/               | false | is no public address; set allow-private-addresses: true",
                "https://10.1.2.3/                | false | is no public address; set allow-private-addresses: true",
                "https://[::1]/                   | false | is no public address; set allow-private-addresses: true",
                "https://[::ffff:192.168.0.1]/    | false | is no public address; set allow-private-addresses: true",
                "https://169.254.169.254/latest   | true  | is no public or private address; use https",
                "http://1.1.1.1/                  | true  | is no private address; use https"
            })
    void url_thatLeadsWhereItMayNot_isRejected(String url, boolean privateToo, String why) {
        assertThat(problems(Map.of("url", url, "allow-private-addresses", privateToo)))
                .singleElement()
                .asString()
                .startsWith("webhooks[0].url: '" + url + "' ")
                .contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a b", "a/b", "a-very-long-name-that-has-more-than-forty-of-them"})
    void name_thatCannotBe_isRejected(String name) {
        assertThat(problems(Map.of("name", name)))
                .singleElement()
                .asString()
                .startsWith("webhooks[0].name: '" + name + "' must be 1 to 40");
    }

    @Test
    void secret_thatIsNotThereOrNone_isRejectedWithTheWayToMakeOne() throws IOException {
        Path file = Files.writeString(folder.resolve("short"), "whsec_c2hvcnQ=");

        assertThat(problems(Map.of("secret", "file:" + file)))
                .containsExactly("webhooks[0].secret: there is no webhook secret at 'file:" + file
                        + "'; put whsec_ and the base64 of 24 to 64 random bytes there, made by: printf 'whsec_%s'"
                        + " \"$(openssl rand -base64 32)\"");
        assertThat(problems(Map.of("previous-secret", "file:" + folder.resolve("nothing"))))
                .singleElement()
                .asString()
                .startsWith("webhooks[0].previous-secret: there is no webhook secret at");
        assertThat(problems(Map.of("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
                .containsExactly(
                        "webhooks[0].secret: must not stand in the config itself; write env:NAME or file:PATH");
    }

    @Test
    void events_thatAreNone_areRejected() {
        assertThat(problems(Map.of("events", List.of("pairing.aproved"))))
                .singleElement()
                .asString()
                .startsWith("webhooks[0].events: 'pairing.aproved' is no event; write a type");
        assertThat(problems(Map.of("events", List.of())))
                .singleElement()
                .asString()
                .startsWith("webhooks[0].events: must be 1 to 64");
    }

    @Test
    void list_withTheSameNameTwiceOrTooMany_isRejected() {
        assertThat(bind(List.of(written(Map.of()), written(Map.of()))))
                .containsExactly(
                        "webhooks: several are called 'on-call'; give each a name of its own, for what waits is"
                                + " kept by name");
        assertThat(bind(IntStream.range(0, 33)
                        .mapToObj(i -> written(Map.of("name", "hook-" + i)))
                        .toList()))
                .containsExactly("webhooks: there are 33, and 32 are allowed; remove some");
    }

    @Test
    void everyProblem_isToldAtOnce() {
        assertThat(bind(List.of(
                        written(Map.of("name", "A")),
                        written(Map.of("url", "x", "colour", "red")),
                        Map.of("name", "b"))))
                .hasSize(5);
    }

    private WebhookSettings only(Map<String, Object> more) {
        List<String> problems = new ArrayList<>();
        WebhookSettings webhook = new RecordBinder(new Home(folder), Map.of())
                .bind(WebhookSettings.class, "webhooks[0]", written(more), problems)
                .orElseThrow(() -> new AssertionError(problems));
        assertThat(problems).isEmpty();
        return webhook;
    }

    private List<String> problems(Map<String, Object> more) {
        return bind(List.of(written(more)));
    }

    private List<String> bind(List<Map<String, Object>> webhooks) {
        List<String> problems = new ArrayList<>();
        new RecordBinder(new Home(folder), Map.of())
                .bind(GatehouseConfig.class, "", Map.of("webhooks", webhooks), problems);
        return problems;
    }

    private Map<String, Object> written(Map<String, Object> more) {
        Map<String, Object> written = new HashMap<>(Map.of("name", "on-call", "url", URL, "secret", secret));
        written.putAll(more);
        return written;
    }
}
