package dev.gatehouse.device;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NodeSurfaceTest {

    @Test
    void surface_isSortedAndWithoutRepeats() {
        NodeSurface surface = NodeSurface.of(List.of("b", "a", " b "), List.of("z.z", "a.a"), Map.of());

        assertThat(surface.capabilities()).containsExactly("a", "b");
        assertThat(surface.commands()).containsExactly("a.a", "z.z");
        assertThat(surface).isEqualTo(NodeSurface.of(List.of("a", "b"), List.of("a.a", "z.z"), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", ".a", "a\u0000", "a=b", "é", "a\n"})
    void whatIsNoName_isLeftOut_andCannotBeForced(String name) {
        assertThat(NodeSurface.of(List.of(name), List.of(name), Map.of(name, true)))
                .isEqualTo(NodeSurface.NONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NodeSurface(
                        new TreeSet<>(), new TreeSet<>(List.of(name)), Collections.emptyNavigableMap()));
    }

    @Test
    void whatExceedsTheBounds_isLeftOut() {
        List<String> many = IntStream.range(0, 1000).mapToObj(i -> "name" + i).toList();
        Map<String, Boolean> permissions = new TreeMap<>();
        many.forEach(name -> permissions.put(name, true));

        NodeSurface surface = NodeSurface.of(many, many, permissions);

        assertThat(surface.capabilities()).hasSize(NodeSurface.CAPABILITIES_MAX);
        assertThat(surface.commands()).hasSize(NodeSurface.COMMANDS_MAX);
        assertThat(surface.permissions()).hasSize(NodeSurface.PERMISSIONS_MAX);
        NodeSurface other = NodeSurface.of(List.of("z"), List.of("z"), Map.of("z", true));
        assertThat(surface.plus(other)).isEqualTo(surface);
    }

    @Test
    void approval_coversLess_andNotMore() {
        NodeSurface approved = NodeSurface.of(List.of("a"), List.of("x", "y"), Map.of("p", true, "q", false));

        assertThat(approved.covers(NodeSurface.of(List.of(), List.of("x"), Map.of("p", true))))
                .isTrue();
        assertThat(approved.covers(NodeSurface.of(List.of(), List.of(), Map.of("q", false, "r", false))))
                .isTrue();
        assertThat(approved.covers(NodeSurface.of(List.of("b"), List.of(), Map.of())))
                .isFalse();
        assertThat(approved.covers(NodeSurface.of(List.of(), List.of("z"), Map.of())))
                .isFalse();
        assertThat(approved.covers(NodeSurface.of(List.of(), List.of(), Map.of("q", true))))
                .isFalse();
    }

    @Test
    void inForce_isWhatIsInBoth() {
        NodeSurface approved = NodeSurface.of(List.of("a"), List.of("x"), Map.of("p", true, "q", false));
        NodeSurface declared =
                NodeSurface.of(List.of("a", "b"), List.of("x", "z"), Map.of("p", false, "q", true, "r", true));

        assertThat(declared.cutTo(approved))
                .isEqualTo(NodeSurface.of(List.of("a"), List.of("x"), Map.of("p", false, "q", false)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, operator.pairing",
                "screen.snapshot, operator.pairing operator.write",
                "system.run, operator.pairing operator.admin",
                "system.which, operator.pairing operator.admin",
                "system.execApprovals.set, operator.pairing operator.admin",
                "browser.proxy, operator.pairing operator.admin",
                "fs.listDir, operator.pairing operator.admin",
                "terminal.upload, operator.pairing operator.admin"
            })
    void approval_needsWhatTheCommandsReach(String command, String scopes) {
        List<String> commands = command == null ? List.of() : List.of("screen.snapshot", command);

        assertThat(NodeSurface.of(List.of(), commands, Map.of())
                        .requiredApproveScopes()
                        .asList())
                .containsExactly(scopes.split(" "));
    }

    @Test
    void storedForm_isReadAsItWas() {
        NodeSurface surface = NodeSurface.of(List.of("a", "b"), List.of("x.y"), Map.of("p", true, "q:r", false));

        assertThat(new NodeSurface(
                        SurfaceText.names(SurfaceText.join(surface.capabilities())),
                        SurfaceText.names(SurfaceText.join(surface.commands())),
                        SurfaceText.permissions(SurfaceText.join(surface.permissions()))))
                .isEqualTo(surface);
        assertThat(SurfaceText.names("")).isEmpty();
    }
}
