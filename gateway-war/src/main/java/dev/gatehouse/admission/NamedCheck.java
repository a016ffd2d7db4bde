package dev.gatehouse.admission;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;

/**
 * A check under the name that the chain knows it by.
 *
 * @param name the name, once in a chain
 * @param mode what the check's verdict is worth
 * @param check the check
 */
public record NamedCheck(String name, Mode mode, AdmissionCheck check) {

    /** A check that every connection must satisfy. */
    public NamedCheck(String name, AdmissionCheck check) {
        this(name, Mode.ENFORCE, check);
    }

    boolean isEnforced() {
        return mode == Mode.ENFORCE;
    }

    /** Whether the check has anything to say at upgrade; one that has not is not asked. */
    boolean examinesUpgrades() {
        return overrides("atUpgrade", UpgradeContext.class);
    }

    /** Whether the check has anything to say at connect; one that has not is not asked. */
    boolean examinesConnects() {
        return overrides("atConnect", ConnectContext.class);
    }

    private boolean overrides(String method, Class<?> parameter) {
        try {
            return check.getClass().getMethod(method, parameter).getDeclaringClass() != AdmissionCheck.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every check has " + method, e);
        }
    }

    /** What a stage asks a check. */
    @FunctionalInterface
    interface Question {
        Verdict to(AdmissionCheck check);
    }
}
