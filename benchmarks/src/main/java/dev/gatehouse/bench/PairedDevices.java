package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.bench.client.Caller;
import dev.gatehouse.bench.client.ClientProfile;
import dev.gatehouse.bench.client.Credential;
import dev.gatehouse.bench.client.DeviceKey;

/**
 * The device tokens that pairing brought, in a file that only its owner can read: a line for each device with seed,
 * number and token. Safe for use by many threads.
 */
final class PairedDevices {

    private static final Pattern LINE = Pattern.compile("(\\d{1,18})\t(\\d{1,9})\t(\\S+)");

    private final Path file;
    private final long seed;
    private final Map<Integer, String> tokens = new HashMap<>();

    private PairedDevices(Path file, long seed) {
        this.file = file;
        this.seed = seed;
    }

    static PairedDevices load(Path file, long seed) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        PairedDevices devices = new PairedDevices(file, seed);
        for (String line : Files.readAllLines(file)) {
            devices.read(line);
        }
        return devices;
    }

    private void read(String line) throws IOException {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IOException("'" + file + "' has a line that is not seed, number and token, separated by tabs");
        }
        if (Long.parseLong(matcher.group(1)) == seed) {
            tokens.put(Integer.valueOf(matcher.group(2)), matcher.group(3));
        }
    }

    synchronized boolean contains(int index) {
        return tokens.containsKey(index);
    }

    synchronized void add(int index, String token) throws IOException {
        tokens.put(index, token);
        Files.writeString(file, seed + "\t" + index + "\t" + token + "\n", StandardOpenOption.APPEND);
    }

    /** Forgets every device of this seed. */
    synchronized void clear() throws IOException {
        tokens.clear();
        List<String> others = Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith(seed + "\t"))
                .toList();
        Files.write(file, others);
    }

    DeviceKey key(int index) {
        return DeviceKey.of(seed, index);
    }

    /** The first paired devices, each knocking with its own token. */
    synchronized List<Caller> callers(int count) {
        return List.copyOf(devices(count));
    }

    /** The first paired devices, each with its own key and token. */
    synchronized List<Caller.WithDevice> devices(int count) {
        List<Caller.WithDevice> callers = new ArrayList<>();
        tokens.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(count)
                .forEach(entry -> callers.add(new Caller.WithDevice(
                        ClientProfile.BACKEND, key(entry.getKey()), Credential.deviceToken(entry.getValue()))));
        if (callers.size() < count) {
            throw new UsageError("only " + callers.size() + " devices of seed " + seed + " are paired in '" + file
                    + "', not " + count + "; run the pair command first or lower " + Option.DEVICES.flag());
        }
        return callers;
    }
}
