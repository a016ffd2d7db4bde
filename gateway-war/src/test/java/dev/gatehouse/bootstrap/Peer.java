package dev.gatehouse.bootstrap;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.admission.AdmissionChain;
import dev.gatehouse.session.FakeEndpointConfig;
import dev.gatehouse.session.FakeSocket;
import dev.gatehouse.session.Gatekeeper;
import dev.gatehouse.session.GatewayEndpoint;
import dev.gatehouse.testkit.ConnectFixture;

import static org.assertj.core.api.Assertions.assertThat;

/** The client's end of one connection to a gateway. */
final class Peer {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final FakeSocket socket = new FakeSocket();
    private final GatewayEndpoint endpoint;
    private final JsonNode challenge;
    private final AtomicInteger calls = new AtomicInteger();

    /** Opens a connection that a chain examines, and reads the challenge. */
    Peer(Gatekeeper gatekeeper, AdmissionChain chain, ConnectFixture facts) {
        endpoint = new GatewayEndpoint(gatekeeper);
        chain.atUpgrade(FakeSocket.upgrade(facts)).putInto(socket.session().getUserProperties());
        endpoint.onOpen(socket.session(), new FakeEndpointConfig());
        challenge = read().path("payload");
    }

    /** Sends the connect frame of a client. */
    Peer connect(Caller caller) {
        socket.deliver(connectFrame(caller));
        return this;
    }

    /** The frame with which a client answers the challenge of this connection. */
    String connectFrame(Caller caller) {
        return caller.frame(
                challenge.path("nonce").asText(), challenge.path("ts").asLong());
    }

    void send(String frame) {
        socket.deliver(frame);
    }

    /** The next frame of the gateway; waits for it. */
    JsonNode read() {
        try {
            return MAPPER.readTree(socket.read());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls a method, and waits for its answer; the events that come before it are read over. */
    JsonNode call(String method, String params) {
        return answerTo(begin(method, params));
    }

    /** Calls a method without waiting for its answer; gives the id of the call. */
    String begin(String method, String params) {
        String id = method + " " + calls.incrementAndGet();
        send("{\"type\":\"req\",\"id\":\"" + id + "\",\"method\":\"" + method + "\",\"params\":" + params + "}");
        return id;
    }

    /** Waits for the answer to a call; what comes before it is read over. */
    JsonNode answerTo(String id) {
        for (JsonNode frame = read(); ; frame = read()) {
            if (frame.path("id").asText().equals(id)) {
                return frame;
            }
        }
    }

    /** What a call yields that the gateway carries out. */
    JsonNode result(String method, String params) {
        JsonNode answer = call(method, params);
        assertThat(answer.path("ok").asBoolean()).as("%s", answer).isTrue();
        return answer.path("payload");
    }

    /** What is said against a call. */
    String objection(String method, String params) {
        JsonNode answer = call(method, params);
        assertThat(answer.path("ok").asBoolean(true)).as("%s", answer).isFalse();
        return answer.at("/error/message").asText();
    }

    /** Waits for an event; what comes before it is read over. */
    JsonNode event(String name) {
        for (JsonNode frame = read(); ; frame = read()) {
            if (frame.path("event").asText().equals(name)) {
                return frame;
            }
        }
    }

    /** Every frame that came so far, read or not. */
    List<String> everythingSoFar() {
        return socket.sent();
    }

    /** What the gateway says to an admitted client. */
    JsonNode hello() {
        JsonNode answer = read();
        assertThat(answer.path("ok").asBoolean()).as("admitted: %s", answer).isTrue();
        assertThat(answer.at("/payload/type").asText()).isEqualTo("hello-ok");
        return answer.path("payload");
    }

    /** What the gateway says to a client that it does not admit. */
    JsonNode error() {
        JsonNode answer = read();
        assertThat(answer.path("ok").asBoolean(true)).as("refused: %s", answer).isFalse();
        assertThat(answer.path("type").asText()).isEqualTo("res");
        assertThat(answer.path("id").asText()).isEqualTo(Caller.REQUEST_ID);
        CloseReason close = close();
        assertThat(close.getReasonPhrase()).hasSizeLessThanOrEqualTo(120);
        assertThat(socket.framesBeforeClose())
                .as("the challenge and the error come before the close")
                .isEqualTo(2);
        return answer.path("error");
    }

    /** The code of the refusal that the gateway tells. */
    String errorCode() {
        return error().at("/details/code").asText();
    }

    /** The id of the refusal that was told last. */
    String refusalId() throws JsonProcessingException {
        List<String> sent = socket.sent();
        return MAPPER.readTree(sent.get(sent.size() - 1))
                .at("/error/details/refusalId")
                .asText();
    }

    /** The close of the gateway; waits for it. */
    CloseReason close() {
        return socket.awaitClose();
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    /** Breaks the connection. */
    void leave() {
        endpoint.onClose(socket.session(), new CloseReason(CloseCodes.GOING_AWAY, ""));
    }
}
