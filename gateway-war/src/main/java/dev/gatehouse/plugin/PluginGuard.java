package dev.gatehouse.plugin;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Timer;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * What the classes of a plugin call where {@link PluginClasses} changed them.
 *
 * <p>Each plugin's class loader defines a copy of this class of its own, so its fields belong to one plugin. It may use
 * nothing but the JDK: a plugin sees no other class of the gateway. Public, because every package of a plugin calls it.
 */
@SuppressWarnings("DoNotCallSuggester") // only rewritten bytecode calls these methods
public final class PluginGuard {

    private static String plugin = "";
    private static Consumer<Object> keeper = ignored -> {};
    private static volatile boolean stopped;

    private PluginGuard() {}

    /** Called by the gateway before any class of the plugin is defined. */
    static void start(String id, Consumer<Object> keeperOfWhatMustBeEnded) {
        plugin = id;
        keeper = keeperOfWhatMustBeEnded;
    }

    /** Called by the gateway when the plugin has been stopped and its threads must end. */
    static void stop() {
        stopped = true;
    }

    /**
     * Called by the gateway to end what the plugin made that keeps threads, or the plugin itself, alive. A driver can be
     * taken off the list only by a class of the loader that it came from.
     */
    static void end(Object kept) throws SQLException {
        if (kept instanceof ExecutorService executor) {
            executor.shutdownNow();
        } else if (kept instanceof Timer timer) {
            timer.cancel();
        } else if (kept instanceof Driver driver) {
            DriverManager.deregisterDriver(driver);
        } else if (kept instanceof Thread hook) {
            removeShutdownHook(hook);
        }
    }

    private static void removeShutdownHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException theServerIsShuttingDown) {
            // then the hook runs or has run
        }
    }

    /**
     * Stands before every jump backward, so that a loop ends once the plugin is unloaded.
     *
     * @throws Error then; not an exception, which loops are more likely to catch
     */
    public static void check() {
        if (stopped) {
            throw new Error("plugin '" + plugin + "' was unloaded; this thread of it had to be ended");
        }
    }

    /** Stands for {@link System#exit}. */
    public static void exit(int status) {
        throw forbidden("System.exit(" + status + ")");
    }

    /** Stands for {@link Runtime#exit}. */
    public static void exit(Runtime runtime, int status) {
        throw forbidden("Runtime.exit(" + status + ")");
    }

    /** Stands for {@link Runtime#halt}. */
    public static void halt(Runtime runtime, int status) {
        throw forbidden("Runtime.halt(" + status + ")");
    }

    /** Stands for {@link Runtime#addShutdownHook}: a hook outlives its plugin unless it is taken back. */
    public static void addShutdownHook(Runtime runtime, Thread hook) {
        runtime.addShutdownHook(hook);
        keeper.accept(hook);
    }

    /** Stands for {@link DriverManager#registerDriver}: JDBC drivers register themselves, and nobody takes them off. */
    public static void registerDriver(Driver driver) throws SQLException {
        DriverManager.registerDriver(driver);
        keeper.accept(driver);
    }

    /** Stands after the making of an executor or a timer: their idle threads take no notice of an interrupt. */
    public static void keep(Object executor) {
        keeper.accept(executor);
    }

    private static SecurityException forbidden(String call) {
        return new SecurityException("plugin '" + plugin + "' called " + call + ", which would end the whole server");
    }
}
