package dev.gatehouse.management;

import java.util.List;
import java.util.Map;

import dev.gatehouse.device.NodeSurface;

/** What a node may be used for, or asks for, as the API shows it. */
record SurfaceView(List<String> capabilities, List<String> commands, Map<String, Boolean> permissions) {

    static SurfaceView of(NodeSurface surface) {
        return new SurfaceView(
                List.copyOf(surface.capabilities()), List.copyOf(surface.commands()), surface.permissions());
    }
}
