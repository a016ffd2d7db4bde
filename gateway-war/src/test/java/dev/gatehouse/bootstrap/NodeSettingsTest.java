package dev.gatehouse.bootstrap;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.control.NodeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NodeSettingsTest {

    private static final NodeSettings ALL_SET =
            new NodeSettings(List.of("camera.snap", "file.fetch"), List.of("system.run"));

    @Test
    void settings_withNothingWritten_changeNothing() {
        assertThat(bind(Map.of()).settings()).contains(new NodeSettings(List.of(), List.of()));
    }

    @Test
    void settings_withEverythingWritten_haveWhatWasWritten() {
        Map<String, Object> written = Map.of(
                "allowed-commands", List.of("camera.snap", "file.fetch"), "denied-commands", List.of("system.run"));

        assertThat(bind(written)).isEqualTo(new Binding<>(Optional.of(ALL_SET), List.of()));
    }

    @Test
    void settings_fromTheEnvironment_haveWhatItSays() {
        Map<String, String> environment = Map.of(
                "GATEHOUSE_NODES_ALLOWED_COMMANDS",
                "camera.snap,file.fetch",
                "GATEHOUSE_NODES_DENIED_COMMANDS",
                "system.run");

        assertThat(Binding.ofEnvironment(NodeSettings.class, "nodes", environment))
                .isEqualTo(new Binding<>(Optional.of(ALL_SET), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "camera snap", ".hidden", "a\u0000b"})
    void command_thatIsNoName_isRejected(String name) {
        Binding<NodeSettings> binding = bind(Map.of("allowed-commands", List.of(name)));

        assertThat(binding.settings()).isEmpty();
        assertThat(binding.problems())
                .containsExactly("nodes.allowed-commands: '" + name
                        + "' is not the name of a command; write one such as camera.snap");
    }

    @Test
    void privateCommand_isRejected() {
        assertThat(bind(Map.of("allowed-commands", List.of("worker.launch.v1"))).problems())
                .containsExactly("nodes.allowed-commands: 'worker.launch.v1' controls the node itself and is never"
                        + " offered; remove it");
    }

    @Test
    void tooManyCommands_areRejected() {
        assertThat(bind(Map.of("denied-commands", Collections.nCopies(65, "a.b")))
                        .problems())
                .containsExactly("nodes.denied-commands: lists 65 commands; list 64 at most");
    }

    private static Binding<NodeSettings> bind(Map<String, Object> written) {
        return Binding.of(NodeSettings.class, "nodes", written);
    }
}
