package dev.gatehouse.config;

import java.io.IOException;
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
public final class ConfigFile {

    private static final long SIZE_MAX = 1 << 20;
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private ConfigFile() {}

    /**
     * Reads the file; without one, or with an empty one, everything has its default.
     *
     * @throws InvalidConfig when the file cannot be read or is not a YAML mapping
     */
    public static Map<String, Object> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            if (Files.size(file) > SIZE_MAX) {
                throw new InvalidConfig(List.of(file + ": is larger than 1 MiB, which no config needs"));
            }
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new InvalidConfig(List.of(file + ": cannot be read: " + e));
        }
    }

    /**
     * Reads a config that is not in a file.
     *
     * @param name what to call it in problems
     * @throws InvalidConfig when the text is not a YAML mapping
     */
    public static Map<String, Object> parse(String text, String name) {
        if (text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
            return Map.of();
        }
        try {
            return Optional.ofNullable(yaml().readValue(text, TREE)).orElse(Map.of());
        } catch (JsonProcessingException e) {
            throw new InvalidConfig(List.of(name + ": not a YAML mapping: " + e.getOriginalMessage() + " at line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())));
        }
    }

    private static ObjectMapper yaml() {
        return YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }
}
