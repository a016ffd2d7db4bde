package dev.gatehouse.bench;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.bench.load.Memory;

/** What a crowd of idle sessions costs the gateway. */
record IdleFigures(int wanted, int opened, double perSecond, Memory before, Memory after, Map<String, Long> errors) {

    @JsonProperty
    long heapPerSession() {
        return perSession(after.heap() - before.heap());
    }

    @JsonProperty
    long residentPerSession() {
        return perSession(after.resident() - before.resident());
    }

    private long perSession(long bytes) {
        return opened == 0 ? 0 : bytes / opened;
    }
}
