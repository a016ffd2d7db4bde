package dev.gatehouse.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import dev.gatehouse.webhook.Answer.Answered;
import dev.gatehouse.webhook.Answer.NotSent;
import dev.gatehouse.webhook.Receiver.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class HttpCourierTest {

    private static final Instant NOW = Instant.parse("2027-03-01T10:00:00Z");

    private final Receiver receiver = new Receiver();
    private final HttpCourier courier = courier(InetAddress::getAllByName);

    @AfterEach
    void close() {
        courier.close();
        receiver.close();
    }

    @Test
    void message_arrivesWithItsHeadersAndBody_andNothingElse() {
        Answer answer = courier.send(message(receiver.url() + "?a=b"));

        assertThat(answer).isEqualTo(new Answered(204, Duration.ZERO));
        Receiver.Received received = receiver.received().get(0);
        assertThat(received.path()).isEqualTo("/hook?a=b");
        assertThat(received.body()).isEqualTo("{\"a\":1}");
        assertThat(received.headers().keySet())
                .containsExactlyInAnyOrder(
                        "connection",
                        "content-length",
                        "content-type",
                        "host",
                        "user-agent",
                        "webhook-id",
                        "webhook-signature",
                        "webhook-timestamp");
        assertThat(received.header("content-type")).isEqualTo("application/json");
        assertThat(received.header("user-agent")).isEqualTo("Gatehouse/1.2.3");
        assertThat(received.id()).isEqualTo("msg_1");
        assertThat(received.header("webhook-timestamp")).isEqualTo("1614265330");
        assertThat(received.header("webhook-signature")).isEqualTo("v1,one v1,two");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "299, true", "301, false", "302, false", "307, false", "401, false", "500, false"})
    void answer_isTheStatus_andNoRedirectIsFollowed(int status, boolean delivered) {
        receiver.replies(message -> new Reply(status, "Location", receiver.url() + "/other", 0));

        Answer answer = courier.send(message(receiver.url()));

        assertThat(answer).isEqualTo(new Answered(status, Duration.ZERO));
        assertThat(answer.isDelivered()).isEqualTo(delivered);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void answer_withABodyWithoutEnd_isNotReadToIt() {
        receiver.replies(message -> new Reply(200, "x", "y", Long.MAX_VALUE));

        assertThat(courier.send(message(receiver.url())).isDelivered()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"429, 120, PT2M", "503, 120, PT2M", "500, 120, PT0S", "429, soon, PT0S", "503, -5, PT0S"})
    void retryAfter_countsWhenTheReceiverIsBusy(int status, String value, Duration asked) {
        receiver.replies(message -> new Reply(status, "Retry-After", value, 0));

        assertThat(courier.send(message(receiver.url())).retryAfter()).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mon, 1 Mar 2027 10:00:30 GMT | PT30S",
                "Mon, 1 Mar 2027 09:00:00 GMT | PT0S",
                "99999999999999999999 | PT0S",
                "1.5 | PT0S"
            })
    void retryAfter_mayBeADate(String value, Duration asked) {
        assertThat(HttpCourier.retryAfter(value, NOW)).isEqualTo(asked);
    }

    @Test
    void addresses_thatAreNotAllowed_areNotConnectedTo() {
        assertThat(courier.send(message("https://127.0.0.1:" + receiver.port() + "/", AllowedAddresses.PUBLIC)))
                .isEqualTo(new NotSent("the name means 127.0.0.1, which is no public address"));
        assertThat(courier.send(message("http://2130706433:" + receiver.port() + "/", AllowedAddresses.PUBLIC)))
                .isEqualTo(new NotSent("the name means 127.0.0.1, which is no public address"));
        assertThat(courier.send(message("http://1.1.1.1/", AllowedAddresses.PRIVATE)))
                .isEqualTo(new NotSent("the name means 1.1.1.1, which is no private address"));
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void name_withOneForbiddenAddressAmongOthers_isNotConnectedTo() {
        try (HttpCourier mixed = courier(name -> addresses("127.0.0.1", "169.254.169.254"))) {
            assertThat(mixed.send(message("http://mixed.example:" + receiver.port() + "/")))
                    .isEqualTo(new NotSent("the name means 169.254.169.254, which is no private address"));
        }
        assertThat(receiver.received()).isEmpty();
    }

    /** Each lookup is checked, and each connection goes to what was checked. */
    @Test
    void name_thatMeansSomethingElseTheSecondTime_isCheckedAgain() {
        Queue<String> answers = new ArrayDeque<>(List.of("127.0.0.1", "169.254.169.254", "127.0.0.1"));
        try (HttpCourier rebound = courier(name -> addresses(answers.remove()))) {
            Message message = message("http://rebound.example:" + receiver.port() + "/hook");

            assertThat(rebound.send(message).isDelivered()).isTrue();
            assertThat(rebound.send(message).isDelivered()).isFalse();
            assertThat(rebound.send(message).isDelivered()).isTrue();
        }
        assertThat(answers).isEmpty();
        assertThat(receiver.received()).hasSize(2);
        assertThat(receiver.received().get(0).header("host")).startsWith("rebound.example:");
    }

    @Test
    void receiver_thatIsNotThere_isTold() {
        int port = receiver.port();
        receiver.close();

        assertThat(courier.send(message("http://127.0.0.1:" + port + "/"))).isEqualTo(new NotSent("cannot connect"));
        try (HttpCourier nameless = courier(name -> {
            throw new UnknownHostException("some text from outside");
        })) {
            assertThat(nameless.send(message("http://nowhere.example/"))).isEqualTo(new NotSent("the name is unknown"));
        }
    }

    @Test
    void tls_withAServerThatSpeaksNone_isTold() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> speakNoTls(server));

            Answer answer = courier.send(
                    message("https://127.0.0.1:" + server.getLocalPort() + "/", AllowedAddresses.PUBLIC_OR_PRIVATE));

            answered.join();
            assertThat(answer)
                    .isEqualTo(new NotSent(
                            "TLS failed; the certificate must be good for the name, and known to this Java"));
        }
    }

    private static void speakNoTls(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpCourier courier(CheckedNames.Lookup lookup) {
        return new HttpCourier("1.2.3", lookup, Clock.systemUTC());
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }

    private static Message message(String url) {
        return message(url, AllowedAddresses.PRIVATE);
    }

    private static Message message(String url, AllowedAddresses allowed) {
        return new Message(URI.create(url), allowed, "msg_1", 1614265330, "v1,one v1,two", "{\"a\":1}");
    }
}
