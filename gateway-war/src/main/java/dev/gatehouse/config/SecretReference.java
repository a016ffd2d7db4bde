package dev.gatehouse.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.gatehouse.spi.Secret;

/**
 * Where the config says that a secret is: {@code env:NAME} or {@code file:PATH}. A literal is no reference.
 *
 * <p>A file is read again once a second at most, so that a rotated secret is in force at once for people, and a busy
 * gateway does not read a file for every connection. Safe for concurrent use.
 */
final class SecretReference implements Secret.Source {

    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SIZE_MAX = 4096;

    private record Reading(Optional<Secret> secret, long at) {}

    private final String text;
    private final Secret.Source place;
    private volatile Optional<Reading> last = Optional.empty();

    private SecretReference(String text, Secret.Source place) {
        this.text = text;
        this.place = place;
    }

    /**
     * Reads a reference.
     *
     * @param home the folder that relative paths start from
     * @throws IllegalArgumentException when the text is no reference; the message does not repeat it, for it may be the
     *     secret itself
     */
    static SecretReference parse(String text, Home home, Map<String, String> environment) {
        Optional<String> variable = variable(text);
        if (variable.isPresent()) {
            return new SecretReference(
                    text, () -> variable.map(environment::get).flatMap(SecretReference::usable));
        }
        if (text.startsWith(FILE)) {
            Path file = home.root().resolve(text.substring(FILE.length()));
            return new SecretReference(text, () -> read(file));
        }
        throw new IllegalArgumentException("must not stand in the config itself; write env:NAME or file:PATH");
    }

    /** The variable that a reference names, if it names one. */
    static Optional<String> variable(String text) {
        return text.startsWith(ENVIRONMENT) ? Optional.of(text.substring(ENVIRONMENT.length())) : Optional.empty();
    }

    @Override
    public Optional<Secret> read() {
        long now = System.nanoTime();
        Optional<Reading> known = last;
        if (known.isPresent() && now - known.get().at() < KEEP_NANOS) {
            return known.get().secret();
        }
        Reading fresh = new Reading(place.read(), now);
        last = Optional.of(fresh);
        return fresh.secret();
    }

    /** Where the secret is kept, as the operator wrote it; never what it is. */
    @Override
    public String toString() {
        return text;
    }

    private static Optional<Secret> read(Path file) {
        try {
            return Files.size(file) > SIZE_MAX
                    ? Optional.empty()
                    : usable(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Secret> usable(String text) {
        return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty()).map(Secret::of);
    }
}
