package dev.gatehouse.plugin;

import java.util.Optional;
import java.util.function.Supplier;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.ConnectContext;
import dev.gatehouse.spi.UpgradeContext;
import dev.gatehouse.spi.Verdict;

/**
 * A plugin's check as the chain knows it: its calls carry the plugin's class loader, and closing it has a deadline.
 *
 * <p>There is a class for each set of stages that a check examines, and each overrides those only: the chain asks no
 * check at a stage that its class has nothing to say at.
 */
class PluginCheck implements AdmissionCheck {

    private final AdmissionCheck check;
    private final String name;
    private final PluginCalls calls;
    private final boolean tellsFingerprint;

    private PluginCheck(AdmissionCheck check, String name, PluginCalls calls) {
        this.check = check;
        this.name = name;
        this.calls = calls;
        this.tellsFingerprint = overrides(check, "fingerprint");
    }

    static AdmissionCheck around(AdmissionCheck check, String name, PluginCalls calls) {
        boolean atUpgrade = overrides(check, "atUpgrade", UpgradeContext.class);
        boolean atConnect = overrides(check, "atConnect", ConnectContext.class);
        if (atUpgrade && atConnect) {
            return new AtBoth(check, name, calls);
        }
        if (atUpgrade) {
            return new AtUpgrade(check, name, calls);
        }
        return atConnect ? new AtConnect(check, name, calls) : new PluginCheck(check, name, calls);
    }

    @Override
    public Optional<String> fingerprint() {
        return tellsFingerprint
                ? calls.call("name what the check '" + name + "' identifies clients by", check::fingerprint)
                : Optional.empty();
    }

    @Override
    public void close() {
        calls.call("close the check '" + name + "'", () -> {
            check.close();
            return true;
        });
    }

    Verdict askAtUpgrade(UpgradeContext context) {
        return asPlugin(() -> check.atUpgrade(context));
    }

    Verdict askAtConnect(ConnectContext context) {
        return asPlugin(() -> check.atConnect(context));
    }

    private Verdict asPlugin(Supplier<Verdict> question) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(calls.loader());
        try {
            return question.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean overrides(AdmissionCheck check, String method, Class<?>... parameters) {
        try {
            return check.getClass().getMethod(method, parameters).getDeclaringClass() != AdmissionCheck.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every check has " + method, e);
        }
    }

    private static class AtUpgrade extends PluginCheck {
        AtUpgrade(AdmissionCheck check, String name, PluginCalls calls) {
            super(check, name, calls);
        }

        @Override
        public Verdict atUpgrade(UpgradeContext context) {
            return askAtUpgrade(context);
        }
    }

    private static final class AtConnect extends PluginCheck {
        AtConnect(AdmissionCheck check, String name, PluginCalls calls) {
            super(check, name, calls);
        }

        @Override
        public Verdict atConnect(ConnectContext context) {
            return askAtConnect(context);
        }
    }

    private static final class AtBoth extends AtUpgrade {
        AtBoth(AdmissionCheck check, String name, PluginCalls calls) {
            super(check, name, calls);
        }

        @Override
        public Verdict atConnect(ConnectContext context) {
            return askAtConnect(context);
        }
    }
}
