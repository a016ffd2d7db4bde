package dev.gatehouse.offline.openclaw;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.device.ImportedDevice;

/**
 * The devices that an OpenClaw gateway keeps, as far as they can come across.
 *
 * @param devices those that can
 * @param leftOut those that cannot, and why
 * @param notesByDevice what is told about each of the former
 * @param notes what is told about all
 */
public record OpenClawState(
        List<ImportedDevice> devices,
        List<LeftOut> leftOut,
        Map<String, List<String>> notesByDevice,
        List<String> notes) {

    private static final int DEVICES_MAX = 10_000;
    private static final String PAIRED = "device_pairing_paired";
    private static final String PENDING = "device_pairing_pending";
    private static final Path FROM_STATE_FOLDER = Path.of("state", "openclaw.sqlite");

    /**
     * A device that does not come across.
     *
     * @param deviceId its id, as it is written there
     * @param why the reasons
     */
    public record LeftOut(String deviceId, String why) {}

    /**
     * Reads the state database; OpenClaw may run meanwhile.
     *
     * @param path the file {@code openclaw.sqlite}, or the folder in which OpenClaw keeps {@code state/openclaw.sqlite}
     * @return what is in it
     * @throws UnusableState when it cannot be read, or is not OpenClaw's
     */
    public static OpenClawState read(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(FROM_STATE_FOLDER) : path;
        if (!Files.isRegularFile(file)) {
            throw new UnusableState(
                    "there is no file " + file + "; OpenClaw keeps its state in ~/.openclaw/state/openclaw.sqlite");
        }
        Map<String, List<Map<String, Object>>> tables =
                new SqliteFile(file).tables(List.of(PAIRED, PENDING), DEVICES_MAX);
        List<Map<String, Object>> paired = Optional.ofNullable(tables.get(PAIRED))
                .orElseThrow(() -> new UnusableState(file + " has no table " + PAIRED
                        + "; it is of another program, or of an OpenClaw before 2026.9: start a newer one once"));
        return of(paired.stream().map(PairedRow::new).toList(), waiting(tables));
    }

    private static int waiting(Map<String, List<Map<String, Object>>> tables) {
        return Optional.ofNullable(tables.get(PENDING)).map(List::size).orElse(0);
    }

    private static OpenClawState of(List<PairedRow> rows, int waiting) {
        List<ImportedDevice> devices = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        Map<String, List<String>> notesByDevice = new HashMap<>();
        for (PairedRow row : rows) {
            Optional<ImportedDevice> device = row.device();
            device.ifPresentOrElse(
                    known -> {
                        devices.add(known);
                        notesByDevice.put(known.deviceId(), List.copyOf(row.notes()));
                    },
                    () -> leftOut.add(new LeftOut(row.deviceId(), String.join("; ", row.notes()))));
        }
        List<String> notes = new ArrayList<>();
        long surfaces = rows.stream().filter(PairedRow::hasSurface).count();
        if (surfaces > 0) {
            notes.add("what " + surfaces + " node(s) may do is not taken over: approve it when they connect");
        }
        if (waiting > 0) {
            notes.add(waiting + " waiting request(s) are not taken over: those devices ask again by themselves");
        }
        return new OpenClawState(devices, leftOut, notesByDevice, notes);
    }

    /**
     * What is told about one device.
     *
     * @param deviceId a device that comes across
     * @return what of it does not
     */
    public List<String> notesOn(String deviceId) {
        return Optional.ofNullable(notesByDevice.get(deviceId)).orElse(List.of());
    }
}
