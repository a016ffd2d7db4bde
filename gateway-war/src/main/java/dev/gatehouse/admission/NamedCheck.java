package dev.gatehouse.admission;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;

/** A check under the name that the chain knows it by. */
public record NamedCheck(String name, AdmissionCheck check) {

    /** Whether the check has anything to say at upgrade; one that has not is not asked. */
    boolean examinesUpgrades() {
        return overrides("atUpgrade", UpgradeContext.class);
    }

    /** Whether the check has anything to say at connect; one that has not is not asked. */
    boolean examinesConnects() {
        return overrides("atConnect", ConnectContext.class);
    }

    /** Asks the check while the thread carries the plugin's class loader, as libraries inside a plugin expect. */
    Verdict ask(Question question) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(check.getClass().getClassLoader());
        try {
            return question.to(check);
        } finally {
            thread.setContextClassLoader(before);
        }
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
