package dev.gatehouse.spi;

/**
 * Who a client was proven to be, and by what.
 *
 * @param method the kind of proof, as {@code hello-ok.auth.method} names it: {@code token}, {@code device-token}, ...
 * @param subject who it is within that method: a device id, a person's login, or the name of a shared secret; never a
 *     secret itself
 * @since 0.1
 */
public record Identity(String method, String subject) {

    /** The method of the shared gateway token. */
    public static final String TOKEN = "token";

    /** The method of the shared gateway password. */
    public static final String PASSWORD = "password";

    /** The method of a device token together with the device's proof. */
    public static final String DEVICE_TOKEN = "device-token";

    /** The method of an invitation together with the proof of the device that redeems it. */
    public static final String BOOTSTRAP_TOKEN = "bootstrap-token";

    /**
     * Checks that both parts are there.
     *
     * @param method not blank
     * @param subject not blank
     */
    public Identity {
        if (method.isBlank() || subject.isBlank()) {
            throw new IllegalArgumentException("method and subject must not be blank");
        }
    }

    /**
     * Whether the proof is a secret that several clients share.
     *
     * @return true for the shared token and the shared password
     */
    public boolean isShared() {
        return method.equals(TOKEN) || method.equals(PASSWORD);
    }
}
