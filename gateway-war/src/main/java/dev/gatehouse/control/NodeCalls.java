package dev.gatehouse.control;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.protocol.Frames;
import dev.gatehouse.protocol.Members;

/**
 * The methods that nodes call (wire reference 8.3).
 *
 * <p>A node speaks for itself only: what names another node is refused. What it says about tools, skills and runners is for
 * a gateway that runs agents; this one says that it has no use for it, which stock nodes take.
 */
public final class NodeCalls implements MethodTable {

    private static final int NAME_MAX = 256;
    private static final int CHUNK_MAX = 16_384;
    private static final long SAFE_INTEGER_MAX = (1L << 53) - 1;

    private final LiveNodes nodes;
    private final Invocations invocations;
    private final Clock clock;

    /**
     * The methods of a gateway.
     *
     * @param nodes which nodes are connected
     * @param invocations what was asked of them
     */
    public NodeCalls(LiveNodes nodes, Invocations invocations, Clock clock) {
        this.nodes = nodes;
        this.invocations = invocations;
        this.clock = clock;
    }

    private record Progress(String nodeId) {

        static Progress read(Members params) {
            params.text("invokeId", NAME_MAX);
            params.integer("seq", 0, SAFE_INTEGER_MAX);
            params.optionalText("chunk", 0, CHUNK_MAX);
            return new Progress(params.text("nodeId", NAME_MAX));
        }
    }

    private record Told(String event, Optional<JsonNode> payload) {

        static Told read(Members params) {
            Optional<JsonNode> payload = params.any("payload");
            Optional<JsonNode> json = params.any("payloadJSON")
                    .filter(JsonNode::isTextual)
                    .flatMap(text -> Frames.tree(text.textValue()));
            return new Told(params.text("event", NAME_MAX), json.or(() -> payload));
        }
    }

    @Override
    public List<Method<?>> table() {
        return List.of(
                Method.node("node.invoke.result", NodeResult::read, this::result),
                Method.node("node.invoke.progress", Progress::read, this::progress),
                Method.node("node.event", Told::read, this::event),
                unused("node.runnerInventory.update"),
                unused("node.skills.update"),
                unused("node.pluginTools.update"),
                unused("node.pluginSurface.refresh"));
    }

    /** A result that nobody waits for is not the node's fault: the time may have been up. */
    private Map<String, Object> result(Caller caller, NodeResult result) {
        checkSpeaksForItself(caller, result.nodeId());
        return invocations.answered(caller, result) ? Map.of("ok", true) : ignored();
    }

    /** Progress is for callers within a gateway that runs agents; here nobody listens to it. */
    private Map<String, Object> progress(Caller caller, Progress progress) {
        checkSpeaksForItself(caller, progress.nodeId());
        return ignored();
    }

    private Map<String, Object> event(Caller caller, Told told) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        answer.put("event", told.event());
        if (!told.event().equals(HostStats.EVENT)) {
            return unhandled(answer, "unsupported_event");
        }
        Optional<LiveNode> node = nodes.connection(caller.connectionId());
        Optional<HostStats> stats = told.payload().flatMap(said -> HostStats.read(said, clock.millis()));
        if (node.isEmpty() || stats.isEmpty()) {
            return unhandled(answer, "invalid_payload");
        }
        node.get().report(stats.get());
        answer.put("handled", true);
        return answer;
    }

    private static Map<String, Object> unhandled(Map<String, Object> answer, String reason) {
        answer.put("handled", false);
        answer.put("reason", reason);
        return answer;
    }

    private static Map<String, Object> ignored() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        answer.put("ignored", true);
        return answer;
    }

    /** Whatever it says is refused alike, so it is not looked at. */
    private static Method<?> unused(String name) {
        return Method.node(name, Members::whatever, (caller, params) -> {
                    throw new Refused(name + " is not served: this gateway runs no agents");
                })
                .unadvertised();
    }

    private static void checkSpeaksForItself(Caller caller, String nodeId) {
        if (caller.deviceId().filter(nodeId::equals).isEmpty()) {
            throw new Refused("nodeId mismatch");
        }
    }
}
