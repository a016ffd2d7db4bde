package dev.gatehouse.device;

import java.util.Optional;

/**
 * What a node says about itself beyond what every client says. Declared, not proven.
 *
 * @param modelIdentifier the model of its hardware
 * @param coreVersion the version of its core, if that has one of its own
 * @param uiVersion the version of its user interface, if that has one of its own
 */
public record NodeDetails(Optional<String> modelIdentifier, Optional<String> coreVersion, Optional<String> uiVersion) {

    /**
     * The details of a node that says nothing more.
     *
     * @return details without any
     */
    public static NodeDetails none() {
        return new NodeDetails(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
