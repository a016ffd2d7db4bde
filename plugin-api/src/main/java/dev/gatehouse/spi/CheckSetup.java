package dev.gatehouse.spi;

import java.time.Clock;

/**
 * What a check gets from the gateway when it is made: its settings and its doors to the gateway. There is no other.
 * Implemented by the gateway; safe for concurrent use.
 *
 * @since 0.1
 */
public interface CheckSetup {

    /**
     * Reads the settings of this check, which its factory declared in {@link AdmissionCheckFactory#settings}: the mapping {@code checks.<name>} of the config, with overrides from the
     * environment. Each component of the record is one setting, named in kebab-case and described by {@link Setting}.
     * Components may be of type {@code boolean}, {@code int}, {@code long}, {@link String}, {@link
     * java.time.Duration}, an enum, {@link Secret.Source}, {@link java.util.Optional} of one of these, or {@link
     * java.util.List} of {@link String}.
     *
     * @param <T> the settings record
     * @param type the settings record, the one that the factory declared
     * @return the settings
     * @throws InvalidSettings with every missing value, every value of a wrong type, every unknown key, and what the
     *     record's own constructor rejects by an {@link IllegalArgumentException}. Unknown keys alone do not keep the
     *     record from being made, so that the check can find its own problems too; the gateway does not start with them
     */
    <T extends Record> T settings(Class<T> type);

    /**
     * The clock to use instead of the system's.
     *
     * @return the gateway's clock
     */
    Clock clock();

    /**
     * What the gateway knows about devices.
     *
     * @return the directory
     */
    DeviceDirectory devices();

    /**
     * Where devices ask to be known.
     *
     * @return the desk
     */
    PairingDesk pairingDesk();

    /**
     * A logger named after the check. Never log headers, secrets or whole frames.
     *
     * @return the logger
     */
    System.Logger logger();
}
