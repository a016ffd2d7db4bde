package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** The YAML file of the operator, as a tree of mappings. */
final class ConfigFile {

    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private ConfigFile() {}

    /**
     * Reads the file; without one, or with an empty one, everything has its default.
     *
     * @throws StartupFailed when the file is not a YAML mapping
     */
    static Map<String, Object> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            String text = Files.readString(file);
            if (text.lines()
                    .allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
                return Map.of();
            }
            return Optional.ofNullable(yaml().readValue(text, TREE)).orElse(Map.of());
        } catch (JsonProcessingException e) {
            throw new StartupFailed(List.of(file + ": not a YAML mapping: " + e.getOriginalMessage() + " at line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static ObjectMapper yaml() {
        return YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }
}
