package dev.gatehouse.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gateway's Java process on this machine, for what only the operating system and {@code jcmd} can tell. */
public final class GatewayProcess {

    private static final int UNKNOWN = 0;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int COLLECTIONS = 3;

    private final int pid;

    private GatewayProcess(int pid) {
        this.pid = pid;
    }

    public static GatewayProcess of(int pid) {
        if (!Files.isReadable(Path.of("/proc", Integer.toString(pid), "stat"))) {
            throw new IllegalArgumentException("no process '" + pid + "' on this machine");
        }
        return new GatewayProcess(pid);
    }

    /** A gateway of which nothing but the socket is seen, for instance on another machine. */
    public static GatewayProcess unknown() {
        return new GatewayProcess(UNKNOWN);
    }

    public boolean isKnown() {
        return pid != UNKNOWN;
    }

    Path proc(String file) {
        return Path.of("/proc", Integer.toString(pid), file);
    }

    /** What the process holds after full collections; needs the user that runs the gateway. */
    public Memory memoryAfterCollection() throws IOException, InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            jcmd("GC.run"); // more than one: cleaners and finalisers free more after the first
        }
        return new Memory(HeapInfo.usedBytes(jcmd("GC.heap_info")), residentBytes());
    }

    private long residentBytes() throws IOException {
        Matcher matcher = RESIDENT.matcher(Files.readString(proc("status")));
        if (!matcher.find()) {
            throw new IOException("process " + pid + " has no VmRSS: it has ended");
        }
        return Long.parseLong(matcher.group(1)) * 1024;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Integer.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " " + command + " failed: " + output.strip());
        }
        return output;
    }
}
