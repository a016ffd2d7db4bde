package dev.gatehouse.testkit;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.spi.Secret;
import dev.gatehouse.spi.Setting;

/** Makes a check with settings that an operator might give by mistake. */
final class SettingsTrials {

    /** Stands in every odd secret, to be recognised. */
    static final String ODD_SECRET = "canary";

    private static final List<String> ODD_TEXTS = List.of(
            "",
            " ",
            "*",
            "no-such-value",
            "Europe/Nowhere",
            "a b",
            "a\nb",
            "\u0000",
            "\uD800",
            "b\u00fccher",
            "-1",
            "[",
            "(",
            "http://[",
            "x".repeat(10_000));
    private static final List<String> ODD_SECRETS = List.of(
            "",
            ODD_SECRET,
            ODD_SECRET + " " + ODD_SECRET,
            ODD_SECRET + "\n" + ODD_SECRET,
            "b\u00fccher-" + ODD_SECRET,
            ODD_SECRET.repeat(1000));

    private final AdmissionTestKit kit;
    private final String place;
    private final List<RecordComponent> components;

    /**
     * What came of one.
     *
     * @param what which settings were given
     * @param thrown what the kit threw; empty when the check was made
     * @param logged what the check wrote to its log
     */
    record Trial(String what, Optional<Throwable> thrown, List<RecordingLogger.Entry> logged) {

        /** What is wrong with the settings; empty when the check was made, and when the factory failed otherwise. */
        List<String> problems() {
            return thrown.orElse(null) instanceof InvalidSettings invalid ? invalid.problems() : List.of();
        }

        /** What was thrown instead of {@link InvalidSettings}. */
        Optional<Throwable> fault() {
            return thrown.filter(it -> !(it instanceof InvalidSettings));
        }

        /** Everything that the operator gets to read. */
        List<String> texts() {
            return Stream.concat(
                            thrown.stream().flatMap(it -> Texts.of(it).stream()),
                            logged.stream().flatMap(entry -> Texts.of(entry).stream()))
                    .toList();
        }
    }

    /** Trials with a kit that makes a check as it is. */
    SettingsTrials(AdmissionTestKit kit, AdmissionCheckFactory factory) {
        this.kit = kit;
        this.place = "checks." + factory.name();
        this.components = components(factory.settings());
    }

    /** What is wrong with the record that a factory declares; empty when the gateway can bind it. */
    static List<String> problemsOf(Optional<Class<? extends Record>> type) {
        return components(type).stream().flatMap(SettingsTrials::problemsOf).toList();
    }

    /** Each setting left out, and all of them. */
    List<Trial> leavingOut() {
        List<Trial> trials = new ArrayList<>();
        AdmissionTestKit bare = kit;
        for (RecordComponent component : components) {
            String key = SettingsBinder.key(component);
            bare = bare.without(key);
            trials.add(create("without " + key, kit.without(key)));
        }
        trials.add(create("without any setting", bare));
        return trials;
    }

    /** Each setting that is not a secret with each odd value. */
    List<Trial> oddValues() {
        return components.stream()
                .flatMap(component -> oddValues(component).map(value -> with(component, value)))
                .toList();
    }

    /** Each secret setting with each odd secret. */
    List<Trial> oddSecrets() {
        return components.stream()
                .filter(component -> SettingsBinder.valueType(component) == Secret.Source.class)
                .flatMap(component -> ODD_SECRETS.stream().map(secret -> with(component, secret)))
                .toList();
    }

    /** Whether the path at the beginning of a problem is that of a setting. */
    boolean namesASetting(String problem) {
        return components.stream()
                .map(component -> place + "." + SettingsBinder.key(component))
                .anyMatch(path -> problem.startsWith(path + ":") || problem.startsWith(path + " "));
    }

    @SuppressWarnings("CatchingUnchecked") // whatever an author's factory throws is a finding
    static Trial create(String what, AdmissionTestKit kit) {
        List<FakeCheckSetup> setups = new ArrayList<>();
        Optional<Throwable> thrown = Optional.empty();
        try {
            kit.prepared(setups::add).create().closeQuietly();
        } catch (Exception | LinkageError | StackOverflowError e) {
            thrown = Optional.of(e);
        }
        return new Trial(
                what,
                thrown,
                setups.stream()
                        .flatMap(setup -> setup.logger().entries().stream())
                        .toList());
    }

    private Trial with(RecordComponent component, Object value) {
        String key = SettingsBinder.key(component);
        return create(key + " = '" + value + "'", kit.with(key, value));
    }

    private static List<RecordComponent> components(Optional<Class<? extends Record>> type) {
        return type.stream()
                .flatMap(record -> Arrays.stream(record.getRecordComponents()))
                .toList();
    }

    private static Stream<String> problemsOf(RecordComponent component) {
        String key = SettingsBinder.key(component);
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            return Stream.of(key + ": has no @Setting");
        }
        if (setting.about().isBlank()) {
            return Stream.of(key + ": @Setting says nothing about it");
        }
        boolean isListOfText = component.getGenericType().getTypeName().equals("java.util.List<java.lang.String>");
        return isListOfText || SettingText.isBindable(SettingsBinder.valueType(component))
                ? Stream.empty()
                : Stream.of(key + ": is of type " + component.getGenericType() + ", which settings cannot have");
    }

    private static Stream<?> oddValues(RecordComponent component) {
        Class<?> type = SettingsBinder.valueType(component);
        if (type == String.class) {
            return ODD_TEXTS.stream();
        }
        if (type == List.class) {
            return ODD_TEXTS.stream().map(List::of);
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants());
        }
        if (type == Duration.class) {
            return Stream.of("0s", "999999999d");
        }
        if (type == boolean.class) {
            return Stream.of("true", "false");
        }
        return type == Secret.Source.class ? Stream.empty() : Stream.of("0");
    }
}
