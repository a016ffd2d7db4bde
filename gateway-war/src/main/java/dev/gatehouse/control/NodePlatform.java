package dev.gatehouse.control;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.gatehouse.spi.Client;

/**
 * The platforms of nodes, and the commands that a node of each may offer (wire reference 7.9).
 *
 * <p>The names are those of the protocol. What reaches far into somebody's life (taking pictures, sending messages, writing
 * to a calendar, moving files) is on no platform's list: an operator who wants it says so in the config. A platform is
 * believed only when what the client says about its device agrees.
 */
enum NodePlatform {
    IOS(
            "ios",
            "^(?:|iphone|ipad|ios)$",
            "^(?:ios|ipados) \\d+(?:\\.\\d+){0,2}$",
            List.of(Group.CAMERA, Group.LOCATION, Group.DEVICE, Group.PERSONAL, Group.MOTION, Group.NOTIFY)),
    WATCHOS(
            "watchos",
            "^(?:apple watch|watchos)$",
            "^watchos \\d+(?:\\.\\d+){0,2}$",
            List.of(Group.DEVICE, Group.NOTIFY)),
    ANDROID(
            "android",
            "^(?:|android)$",
            "^android \\d+(?: \\(sdk \\d+\\))?$",
            List.of(
                    Group.CAMERA,
                    Group.LOCATION,
                    Group.NOTIFICATIONS,
                    Group.NOTIFY,
                    Group.DEVICE,
                    Group.ANDROID,
                    Group.PERSONAL,
                    Group.MOTION)),
    MACOS(
            "macos",
            "^mac$",
            "^macos \\d+(?:\\.\\d+){0,2}$",
            List.of(
                    Group.CAMERA,
                    Group.MAC,
                    Group.LOCATION,
                    Group.DEVICE,
                    Group.PERSONAL,
                    Group.MOTION,
                    Group.SYSTEM,
                    Group.DESKTOP)),
    LINUX("linux", "^linux$", "(?!)", List.of(Group.CAMERA, Group.LOCATION, Group.SYSTEM, Group.DESKTOP)),
    WINDOWS(
            "windows",
            "^windows$",
            "(?!)",
            List.of(Group.CAMERA, Group.LOCATION, Group.DEVICE, Group.SYSTEM, Group.DESKTOP)),
    /** Any other, and one that says two things at once. */
    UNKNOWN("unknown", "(?!)", "(?!)", List.of(Group.CAMERA, Group.LOCATION, Group.NOTIFY));

    /** Commands that platforms have in common. */
    private enum Group {
        CAMERA("camera.list"),
        LOCATION("location.get"),
        NOTIFICATIONS("notifications.list", "notifications.actions"),
        NOTIFY("system.notify"),
        DEVICE("device.info", "device.status"),
        PERSONAL("contacts.search", "calendar.events", "reminders.list", "photos.latest"),
        MOTION("motion.activity", "motion.pedometer"),
        ANDROID(
                "device.permissions",
                "device.health",
                "device.apps",
                "callLog.search",
                "mobile.ui.observe",
                "mobile.ui.act"),
        MAC("camera.ptz.status", "device.apps", "canvas.present", "canvas.hide", "canvas.navigate"),
        SYSTEM(
                "system.run",
                "system.run.prepare",
                "system.which",
                "system.execApprovals.get",
                "system.execApprovals.set",
                "system.notify",
                "fs.listDir",
                "terminal.upload",
                "browser.proxy",
                "browser.proxy.upload.v1",
                "mcp.tools.call.v1",
                "agent.cli.claude.run.v1",
                "ollama.chat",
                "ollama.models"),
        DESKTOP("screen.snapshot", "desktop.stream", "computer.act"),
        TALK("talk.ptt.start", "talk.ptt.stop", "talk.ptt.cancel", "talk.ptt.once"),
        WATCH_RELAY("watch.status", "watch.notify");

        @SuppressWarnings("ImmutableEnumChecker") // the list is immutable
        private final List<String> commands;

        Group(String... commands) {
            this.commands = List.of(commands);
        }
    }

    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final String TALK_CAPABILITY = "talk";
    private static final String IPHONE = "iphone";

    private final String wireName;
    private final Pattern families;
    private final Pattern labels;

    @SuppressWarnings("ImmutableEnumChecker") // the set is immutable
    private final Set<String> commands;

    NodePlatform(String wireName, String families, String labels, List<Group> groups) {
        this.wireName = wireName;
        this.families = Pattern.compile(families);
        this.labels = Pattern.compile(labels);
        Set<String> all = new LinkedHashSet<>();
        groups.forEach(group -> all.addAll(group.commands));
        this.commands = Set.copyOf(all);
    }

    /** The platform that a client says it runs on, as far as what it says fits together. */
    static NodePlatform of(Client client) {
        String said = normalised(client.platform());
        String family = client.deviceFamily().map(NodePlatform::normalised).orElse("");
        return Arrays.stream(values())
                .filter(platform -> platform.isSaidBy(said, family))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Whether a node of this platform may offer a command without the operator's saying so. */
    boolean offers(String command, Client client) {
        return commands.contains(command) || mayRelay(command, client) || mayTalk(command, client);
    }

    String wireName() {
        return wireName;
    }

    /** An iPhone speaks for the watch that goes with it. */
    private boolean mayRelay(String command, Client client) {
        return this == IOS
                && Group.WATCH_RELAY.commands.contains(command)
                && client.deviceFamily().map(NodePlatform::normalised).equals(Optional.of(IPHONE));
    }

    private static boolean mayTalk(String command, Client client) {
        return Group.TALK.commands.contains(command)
                && client.capabilities().stream()
                        .anyMatch(name -> normalised(name).equals(TALK_CAPABILITY));
    }

    /** A bare name needs a family that fits; a label with a version in it needs one that says which device it is. */
    private boolean isSaidBy(String said, String family) {
        if (!families.matcher(family).matches()) {
            return false;
        }
        return said.equals(wireName)
                || (!family.isEmpty() && labels.matcher(said).matches());
    }

    private static String normalised(String text) {
        return MARKS.matcher(Normalizer.normalize(text.strip(), Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }
}
