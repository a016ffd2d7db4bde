package dev.gatehouse.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Processor time used so far by the generator, the gateway and the whole machine, from Linux's {@code /proc}. */
final class ProcessorTime {

    static final String GENERATOR = "generator";
    static final String GATEWAY = "gateway";
    static final String OTHERS = "others";

    /** What {@code /proc} counts in: USER_HZ is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    // Counted from the field after the program's name in /proc/<pid>/stat.
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    // Counted from the first number in /proc/stat.
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STEAL = 7;

    private final long nanoTime = System.nanoTime();
    private final long machine;
    private final long generator;
    private final Optional<Long> gateway;

    private ProcessorTime(long machine, long generator, Optional<Long> gateway) {
        this.machine = machine;
        this.generator = generator;
        this.gateway = gateway;
    }

    static ProcessorTime now(GatewayProcess gateway) throws IOException {
        Optional<Long> ticks = Optional.empty();
        if (gateway.isKnown()) {
            ticks = Optional.of(processTicks(gateway.proc("stat")));
        }
        return new ProcessorTime(machineTicks(), processTicks(Path.of("/proc/self/stat")), ticks);
    }

    /** Cores in use on average since the earlier reading; the gateway counts among the others while it is not known. */
    Map<String, Double> coresSince(ProcessorTime earlier) {
        double wall = (nanoTime - earlier.nanoTime) / 1e9 * TICKS_PER_SECOND;
        Map<String, Double> cores = new LinkedHashMap<>();
        long ours = generator - earlier.generator;
        cores.put(GENERATOR, ours / wall);
        long theirs = gateway.orElse(0L) - earlier.gateway.orElse(0L);
        if (gateway.isPresent()) {
            cores.put(GATEWAY, theirs / wall);
        }
        cores.put(OTHERS, Math.max(0, machine - earlier.machine - ours - theirs) / wall);
        return cores;
    }

    private static long processTicks(Path stat) throws IOException {
        String line = Files.readString(stat);
        // The second field is the program's name in parentheses and may hold spaces.
        String[] fields = words(line.substring(line.lastIndexOf(')') + 1));
        return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    }

    private static long machineTicks() throws IOException {
        String line =
                Files.readString(Path.of("/proc/stat")).lines().findFirst().orElse("");
        String[] fields = words(line.substring("cpu".length()));
        long busy = 0;
        for (int i = 0; i <= STEAL; i++) {
            busy += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(fields[i]);
        }
        return busy;
    }

    private static String[] words(String text) {
        return text.strip().split("\\s+", -1);
    }
}
