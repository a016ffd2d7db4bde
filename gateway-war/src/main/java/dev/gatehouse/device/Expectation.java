package dev.gatehouse.device;

/**
 * What somebody who changes a thing believes it to be, so that nothing is changed that he did not see. Asked in the
 * transaction of the change, perhaps several times; must not block.
 */
@FunctionalInterface
public interface Expectation {

    /**
     * Whether a thing is what the caller believes.
     *
     * @param current the thing as it is now: a {@link Device}, {@link PairingRequest}, {@link DeviceGrant}, {@link
     *     Invitation}, {@link KnownNode}, {@link SurfaceRequest} or {@link ApiKey}
     * @return false when it has changed
     */
    boolean isMet(Record current);
}
