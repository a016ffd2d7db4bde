package dev.gatehouse.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls into one plugin that may hang: each has a thread of its own, with the plugin's class loader as context class
 * loader, and a deadline.
 *
 * <p>A fresh thread each time costs little here (a plugin is called so when it is loaded and unloaded) and takes away
 * whatever the plugin leaves in thread-locals. Safe for concurrent use.
 */
final class PluginCalls {

    private final String plugin;
    private final ClassLoader loader;
    private final Duration deadline;

    PluginCalls(String plugin, ClassLoader loader, Duration deadline) {
        this.plugin = plugin;
        this.loader = loader;
        this.deadline = deadline;
    }

    /** The loader that the calls carry. */
    ClassLoader loader() {
        return loader;
    }

    /**
     * Calls the plugin.
     *
     * @param purpose what the plugin is to do, as in "did not ... in 10 s"
     * @return what the call returned
     * @throws PluginFailure when it hangs, and is interrupted then, or when it throws anything but a runtime exception
     * @throws RuntimeException the plugin's own, as it was thrown
     */
    <T> T call(String purpose, Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(null, task, "gatehouse-plugin-" + plugin, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new PluginFailure("plugin '" + plugin + "' did not " + purpose + " in " + inSeconds()
                    + " and was interrupted; ask its author, or remove it");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new PluginFailure("the gateway was interrupted while plugin '" + plugin + "' was to " + purpose);
        } catch (ExecutionException e) {
            throw asThrown(purpose, e);
        }
    }

    /** The problem of a plugin that threw, which is the failure's own text or made from what was thrown. */
    String problem(String purpose, Throwable thrown) {
        return thrown instanceof PluginFailure failure ? failure.problem() : threw(purpose, thrown);
    }

    /** An error of a plugin, however grave for its thread, is none of the gateway's. */
    private RuntimeException asThrown(String purpose, ExecutionException e) {
        Throwable thrown = e.getCause();
        return thrown instanceof RuntimeException exception ? exception : new PluginFailure(threw(purpose, e), e);
    }

    private String threw(String purpose, Throwable thrown) {
        Throwable told = thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return "plugin '" + plugin + "' threw " + describe(told) + " when it was to " + purpose
                + "; send its author this line, or remove the plugin";
    }

    /** Root causes tell most: an initialiser's error says only that there was one. */
    private static String describe(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < 3; depth++) {
            text.append(depth == 0 ? "" : " caused by ").append(each.getClass().getName());
            text.append(message(each));
            each = each.getCause();
        }
        return Quoted.sentence(text.toString());
    }

    private static String message(Throwable thrown) {
        try {
            return thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        } catch (RuntimeException | LinkageError ownMessageIsBroken) {
            return "";
        }
    }

    private String inSeconds() {
        return deadline.toMillis() % 1000 == 0 ? deadline.toSeconds() + " s" : deadline.toMillis() + " ms";
    }
}
