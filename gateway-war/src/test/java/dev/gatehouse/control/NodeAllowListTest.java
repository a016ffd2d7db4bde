package dev.gatehouse.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.device.NodeSurface;
import dev.gatehouse.protocol.NodeDeclaration;
import dev.gatehouse.spi.Client;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NodeAllowListTest {

    private static final NodeSettings NOTHING = new NodeSettings(List.of(), List.of());

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "linux, Linux, LINUX",
                "Linux, linux, LINUX",
                "linux, none, UNKNOWN",
                "linux, Mac, UNKNOWN",
                "macos, Mac, MACOS",
                "macOS 15.2, Mac, MACOS",
                "macOS 15.2, none, UNKNOWN",
                "windows, Windows, WINDOWS",
                "ios, none, IOS",
                "iOS 18.1, iPhone, IOS",
                "iPadOS 18.1.2, iPad, IOS",
                "iOS 18.1, Android, UNKNOWN",
                "android, none, ANDROID",
                "Android 15 (SDK 35), Android, ANDROID",
                "watchOS 11, Apple Watch, WATCHOS",
                "beos, none, UNKNOWN",
                "linux-ish, Linux, UNKNOWN"
            })
    void platform_isWhatTheClientSays_whenItsDeviceAgrees(String platform, String family, NodePlatform expected) {
        assertThat(NodePlatform.of(client(platform, family))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "linux, Linux, system.run, true",
        "linux, Linux, ollama.chat, true",
        "linux, Linux, file.write, false",
        "linux, Linux, camera.snap, false",
        "linux, Linux, contacts.search, false",
        "linux, Linux, evil.cmd, false",
        "linux, Linux, talk.ptt.start, false",
        "linux, Mac, system.run, false",
        "ios, iPhone, system.run, false",
        "ios, iPhone, contacts.search, true",
        "ios, iPhone, contacts.add, false",
        "ios, iPhone, watch.status, true",
        "ios, iPad, watch.status, false",
        "android, Android, callLog.search, true",
        "android, Android, sms.send, false",
        "macos, Mac, canvas.present, true",
        "windows, Windows, screen.record, false",
        "beos, PC, system.notify, true"
    })
    void command_isOfferedWhereItIsUsual(String platform, String family, String command, boolean isPermitted) {
        assertThat(list(NOTHING).permits(client(platform, family), command)).isEqualTo(isPermitted);
    }

    @Test
    void talk_isOfferedByWhoeverCanTalk() {
        Client talking =
                new Client("node-host", "node", "1", "linux", Optional.of("Linux"), Optional.empty(), List.of("Talk"));

        assertThat(list(NOTHING).permits(talking, "talk.ptt.start")).isTrue();
    }

    @Test
    void config_addsAndTakesAway_andTakingAwayWins() {
        NodeAllowList list =
                list(new NodeSettings(List.of("camera.snap", "system.which", "a.b"), List.of("system.run", "a.b")));
        Client linux = client("linux", "Linux");

        assertThat(list.permits(linux, "camera.snap")).isTrue();
        assertThat(list.permits(linux, "system.run")).isFalse();
        assertThat(list.permits(linux, "a.b")).isFalse();
        assertThat(list.isDenied("system.run")).isTrue();
    }

    @Test
    void privateCommands_areOfferedByNobody() {
        assertThat(list(NOTHING).permits(client("linux", "Linux"), "worker.launch.v1"))
                .isFalse();
    }

    @Test
    void declaration_losesWhatIsWithheld_andCapabilitiesThatAreNoUseWithoutIt() {
        NodeDeclaration said = declaration(
                List.of("system", "camera", "screen"),
                List.of("system.run", "camera.snap", "evil.cmd", "screen.snapshot", "screen.record"));

        NodeSurface admitted = list(NOTHING).admit("n", client("linux", "Linux"), said);

        assertThat(admitted)
                .isEqualTo(NodeSurface.of(
                        List.of("screen", "system"), List.of("screen.snapshot", "system.run"), Map.of("p", true)));
    }

    private static NodeDeclaration declaration(List<String> capabilities, List<String> commands) {
        return new NodeDeclaration(
                capabilities,
                commands,
                Map.of("p", true),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static NodeAllowList list(NodeSettings settings) {
        return new NodeAllowList(() -> settings);
    }

    private static Client client(String platform, String family) {
        return new Client("node-host", "node", "1", platform, Optional.ofNullable(family), Optional.empty(), List.of());
    }
}
