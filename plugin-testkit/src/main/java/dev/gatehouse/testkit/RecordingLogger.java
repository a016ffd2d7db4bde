package dev.gatehouse.testkit;

import java.text.MessageFormat;
import java.util.List;
import java.util.Optional;
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
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    /**
     * One thing that was logged.
     *
     * @param level how grave it is
     * @param message the formatted message
     * @param thrown the exception beside it
     */
    public record Entry(Level level, String message, Optional<Throwable> thrown) {}

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
        return entries.stream()
                .map(entry -> entry.level() + " " + entry.message())
                .toList();
    }

    /**
     * What was logged so far, with its exceptions.
     *
     * @return each entry, in order
     */
    public List<Entry> entries() {
        return List.copyOf(entries);
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
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        entries.add(new Entry(level, String.valueOf(message), Optional.ofNullable(thrown)));
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object @Nullable ... values) {
        String message = values == null || values.length == 0 ? format : MessageFormat.format(format, values);
        entries.add(new Entry(level, message, Optional.empty()));
    }
}
