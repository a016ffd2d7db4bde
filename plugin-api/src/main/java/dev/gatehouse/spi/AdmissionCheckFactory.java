package dev.gatehouse.spi;

import java.util.Optional;

import org.pf4j.ExtensionPoint;

/**
 * Makes the admission check of one name.
 *
 * <p>Implementations are public, have a public constructor without parameters, and carry PF4J's {@code @Extension}.
 * The gateway makes one instance per plugin generation and calls it on the thread that builds the chain.
 *
 * @since 0.1
 */
public interface AdmissionCheckFactory extends ExtensionPoint {

    /**
     * The name that {@code admission.chain} uses for this check.
     *
     * @return lower-case words joined by hyphens, at most 64 characters; the same at every call
     */
    String name();

    /**
     * The record that declares the settings of this check: the keys under {@code checks.<name>}, their types, their
     * defaults and what they do. The gateway validates the config with it, also while the check is not in the chain,
     * and generates the config's JSON schema from it.
     *
     * @return the record that {@link #create} will ask {@link CheckSetup#settings} for, or empty when the check takes no
     *     settings; the same at every call
     */
    default Optional<Class<? extends Record>> settings() {
        return Optional.empty();
    }

    /**
     * Makes the check for a new chain. Called once for each chain that names this factory, before the chain decides
     * about any connection; it may block (the gateway does not answer until every check of the first chain exists).
     *
     * @param setup the settings of this check and its doors to the gateway; may be kept
     * @return a check that is ready to be asked
     * @throws InvalidSettings with every problem found; the chain is then not put in force
     */
    AdmissionCheck create(CheckSetup setup);
}
