package dev.gatehouse.system;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Somebody who asks the gateway how it sees them, and then opens a WebSocket, with headers of their own choice.
 *
 * @param address where to connect to
 * @param port where to connect to
 * @param certificate whom to trust; over plain HTTP when it is empty
 * @param host the {@code Host} header
 * @param headers further lines of the head
 */
record ProxyCaller(String address, int port, Optional<Path> certificate, String host, List<String> headers) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int READ_MILLIS = 20_000;
    private static final String PLAIN = "-";

    /**
     * What came of it.
     *
     * @param whoami what the gateway said
     * @param told what the WebSocket was told: an HTTP status, or a code and the scopes that were heard
     */
    record Concluded(JsonNode whoami, String told) {

        /** As {@link #main} prints it. */
        static Concluded parse(String output) throws IOException {
            List<String> lines = output.lines().toList();
            if (lines.size() < 2) {
                throw new IOException("nothing concluded: " + output);
            }
            return new Concluded(JSON.readTree(lines.get(lines.size() - 2)), lines.get(lines.size() - 1));
        }
    }

    /** Asks from wherever this process runs: address, port, certificate or '-', host, headers; the token in TOKEN. */
    public static void main(String... arguments) throws IOException {
        ProxyCaller caller = new ProxyCaller(
                arguments[0],
                Integer.parseInt(arguments[1]),
                arguments[2].equals(PLAIN) ? Optional.empty() : Optional.of(Path.of(arguments[2])),
                arguments[3],
                List.of(arguments).subList(4, arguments.length));
        Concluded concluded = caller.ask(TestDevice.create(), System.getenv("TOKEN"));
        System.out.println(concluded.whoami());
        System.out.println(concluded.told());
    }

    /** What {@link #main} takes. */
    List<String> arguments() {
        List<String> first = List.of(
                address, Integer.toString(port), certificate.map(Path::toString).orElse(PLAIN), host);
        return Stream.concat(first.stream(), headers.stream()).toList();
    }

    Concluded ask(TestDevice device, String token) throws IOException {
        return new Concluded(JSON.readTree(get("/whoami")), told(device, token));
    }

    /** By HTTP 1.0, so that the end of the body is the end of the connection. */
    private String get(String path) throws IOException {
        try (Socket socket = connected()) {
            send(socket, "GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\nAccept: application/json\r\n");
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = answer.split("\r\n\r\n", 2);
            if (parts.length < 2 || !parts[0].contains(" 200 ")) {
                throw new IOException("no answer to " + this + ": " + answer);
            }
            return parts[1];
        }
    }

    private String told(TestDevice device, String token) throws IOException {
        Answer answer = refusal(device, token);
        for (int more = 3; more > 0 && answer.error().path("code").asText().equals("UNAVAILABLE"); more--) {
            answer = refusal(device, token);
        }
        if (answer.closeCode() == 0) {
            return answer.closeReason();
        }
        JsonNode scopes = answer.error().at("/details/requestedScopes");
        return answer.code() + " ("
                + StreamSupport.stream(scopes.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** An answer with the close code 0 has an HTTP status for a reason: it did not come to a WebSocket. */
    private Answer refusal(TestDevice device, String token) throws IOException {
        Socket socket = connected();
        try (RawSocket webSocket = RawSocket.over(socket)) {
            send(
                    socket,
                    "GET / HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
            String head = webSocket.readHead();
            if (!head.startsWith("HTTP/1.1 101 ")) {
                return new Answer(
                        JSON.missingNode(),
                        0,
                        head.lines().findFirst().orElse("").replaceFirst("/1.1 (\\d+).*", " $1"));
            }
            webSocket.send(device.connect(Answer.challenge(webSocket), token));
            return Answer.refusal(webSocket);
        }
    }

    private void send(Socket socket, String head) throws IOException {
        String more = headers.stream().map(line -> line + "\r\n").collect(Collectors.joining());
        socket.getOutputStream().write((head + more + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Connects; over TLS by the name of the gateway, whatever its address is. */
    Socket connected() throws IOException {
        Socket plain = new Socket(address, port);
        plain.setSoTimeout(READ_MILLIS);
        return certificate.isEmpty()
                ? plain
                : SelfSigned.trusting(certificate.get()).createSocket(plain, SelfSigned.NAME, port, true);
    }
}
