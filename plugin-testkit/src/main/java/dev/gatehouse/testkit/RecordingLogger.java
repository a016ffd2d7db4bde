package dev.gatehouse.testkit;

import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * A logger that keeps what it is given, for a test to read. Safe for concurrent use.
 *
 * @since 0.1
 */
public final class RecordingLogger implements System.Logger {

    private final String name;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /**
     * A logger without lines.
     *
     * @param name its name
     */
    public RecordingLogger(String name) {
        this.name = name;
    }

    /**
     * What was logged so far.
     *
     * @return each line as its level, a space and the formatted message
     */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
        lines.add(level + " " + message);
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object @Nullable ... values) {
        lines.add(level + " " + (values == null || values.length == 0 ? format : MessageFormat.format(format, values)));
    }
}
