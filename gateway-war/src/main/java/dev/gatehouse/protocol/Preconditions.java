package dev.gatehouse.protocol;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a connect frame must meet before anybody asks who sent it (wire reference 2.5, steps 4 to 6). */
public final class Preconditions {

    static final int PROTOCOL = 4;
    static final int OLDEST_PROTOCOL = 3;

    private static final String PROBE = "probe";
    private static final String NODE = "node";
    private static final List<String> COPILOT_CAPABILITIES = List.of("run-tool-bindings", "session-scoped-events");
    private static final Pattern EXTENSION_ORIGIN = Pattern.compile("chrome-extension://[a-p]{32}");

    private Preconditions() {}

    /**
     * Finds the first precondition that a frame does not meet.
     *
     * @param frame the connect frame
     * @param origin the {@code Origin} header of its upgrade
     * @return the refusal, or empty when the frame meets them all
     */
    public static Optional<Refusal> check(ConnectFrame frame, Optional<String> origin) {
        if (!speaksProtocol(frame)) {
            return Optional.of(HandshakeRefusals.protocolMismatch(frame));
        }
        if (frame.role().isEmpty()) {
            return Optional.of(HandshakeRefusals.invalidRole());
        }
        return frame.client().isBrowserCopilot() ? checkCopilot(frame, origin) : Optional.empty();
    }

    /** Probes and nodes may be one protocol behind (wire reference 2.3). */
    private static boolean speaksProtocol(ConnectFrame frame) {
        int min = frame.minProtocol();
        int max = frame.maxProtocol();
        String mode = frame.client().mode();
        if (min <= PROTOCOL && max >= PROTOCOL) {
            return true;
        }
        if (mode.equals(PROBE)) {
            return min <= PROTOCOL && max >= OLDEST_PROTOCOL;
        }
        return mode.equals(NODE) && frame.roleName().equals(NODE) && min <= OLDEST_PROTOCOL && max >= OLDEST_PROTOCOL;
    }

    private static Optional<Refusal> checkCopilot(ConnectFrame frame, Optional<String> origin) {
        boolean isCapable = frame.client().mode().equals("ui")
                && frame.client().capabilities().containsAll(COPILOT_CAPABILITIES);
        if (!isCapable) {
            return Optional.of(HandshakeRefusals.copilotIncapable());
        }
        boolean isExtension =
                origin.filter(sent -> EXTENSION_ORIGIN.matcher(sent).matches()).isPresent();
        return isExtension ? Optional.empty() : Optional.of(HandshakeRefusals.copilotOrigin());
    }
}
