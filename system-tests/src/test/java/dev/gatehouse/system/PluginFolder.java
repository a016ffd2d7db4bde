package dev.gatehouse.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The plugins and the config of a running gateway, changed as an operator does: by copying files. */
record PluginFolder(Server server) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Within this time every change is in force, on a machine that is busy. */
    static final Duration IN_FORCE = Duration.ofSeconds(30);

    /** Puts a jar into the folder under a name, in one move. */
    void put(Path jar, String name) {
        try {
            Path folder = Files.createDirectories(server.home().resolve("plugins"));
            Path part = Files.copy(jar, folder.resolve(name + ".part"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put " + jar + " into the plugins folder", e);
        }
    }

    void remove(String name) {
        delete(server.home().resolve("plugins").resolve(name));
    }

    void configure(String yaml) {
        try {
            Path part = Files.writeString(server.home().resolve("gatehouse.yaml.part"), yaml);
            Files.move(
                    part,
                    server.home().resolve("gatehouse.yaml"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write gatehouse.yaml", e);
        }
    }

    void removeConfig() {
        delete(server.home().resolve("gatehouse.yaml"));
    }

    /** The chain as REST shows it. */
    JsonNode chain() {
        try {
            return JSON.readTree(
                    Operator.of(server).send("GET", "/api/v1/chain").body());
        } catch (IOException e) {
            throw new UncheckedIOException("GET /api/v1/chain is no JSON", e);
        }
    }

    /** Waits until the chain is this one, by itself. */
    void awaitChain(List<String> names) {
        boolean inForce = Await.until(
                IN_FORCE, () -> chain().path("checks").findValuesAsText("check").equals(names));
        if (!inForce) {
            throw new AssertionError("the chain did not become " + String.join(", ", names) + ": " + chain());
        }
    }

    /** Waits until a change was tried and found wrong. */
    JsonNode awaitStale() {
        if (!Await.until(IN_FORCE, () -> chain().path("state").asText().equals("stale"))) {
            throw new AssertionError("nothing was found wrong: " + chain());
        }
        return chain();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
