package dev.gatehouse.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.InvalidSettings;
import dev.gatehouse.testkit.SettingsBinder.Binding;
import org.jspecify.annotations.Nullable;

/**
 * Makes a check from its factory as the gateway would: with settings bound to the record that the factory declares, and
 * with every problem of them reported at once. Immutable; every {@link #create} makes a new check with new fakes.
 *
 * <pre>{@code
 * try (DrivenCheck check = AdmissionTestKit.of(new OfficeHoursFactory()).with("zone", "Europe/Berlin").create()) {
 *     check.clock().setTo(Instant.parse("2026-01-05T22:00:00Z"));
 *     VetoReason reason = Verdicts.veto(check.atUpgrade(ConnectFixture.cli().from("203.0.113.9")));
 *     assertThat(reason.code()).isEqualTo("OUTSIDE_OFFICE_HOURS");
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class AdmissionTestKit {

    private final AdmissionCheckFactory factory;
    private final Map<String, Object> values;
    private final Consumer<FakeCheckSetup> preparation;

    private AdmissionTestKit(
            AdmissionCheckFactory factory, Map<String, Object> values, Consumer<FakeCheckSetup> preparation) {
        this.factory = factory;
        this.values = values;
        this.preparation = preparation;
    }

    /**
     * A kit for the checks of one factory, with no settings given.
     *
     * @param factory makes the check
     * @return the kit
     */
    public static AdmissionTestKit of(AdmissionCheckFactory factory) {
        return new AdmissionTestKit(factory, Map.of(), setup -> {});
    }

    /**
     * With a setting, in place of one of that key.
     *
     * @param key the setting's name in kebab-case, as under {@code checks.<name>}
     * @param value as text, or as a value of the component's own type; a secret is its own text
     * @return the next kit
     */
    public AdmissionTestKit with(String key, Object value) {
        return with(Map.of(key, value));
    }

    /**
     * With several settings, in place of those of their keys.
     *
     * @param settings each value by its key
     * @return the next kit
     */
    public AdmissionTestKit with(Map<String, Object> settings) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.putAll(settings);
        return new AdmissionTestKit(factory, Map.copyOf(more), preparation);
    }

    /** Without a setting, whether or not it was given. */
    AdmissionTestKit without(String key) {
        Map<String, Object> fewer = new LinkedHashMap<>(values);
        fewer.remove(key);
        return new AdmissionTestKit(factory, Map.copyOf(fewer), preparation);
    }

    /**
     * With fakes that a step prepares before the check is made. What the check need not know from the beginning can be
     * prepared on {@link DrivenCheck} as well.
     *
     * @param step what to do with the fakes of each new check
     * @return the next kit
     */
    public AdmissionTestKit prepared(Consumer<FakeCheckSetup> step) {
        return new AdmissionTestKit(factory, values, preparation.andThen(step));
    }

    /**
     * Makes the check.
     *
     * @return the check, ready to be asked
     * @throws InvalidSettings with every problem and its path {@code checks.<name>.<key>}: missing and wrong values,
     *     unknown keys, settings for a check that takes none, and what the factory itself rejects
     * @throws IllegalStateException when the factory makes no check, or asks for another record than it declares
     */
    public DrivenCheck create() {
        String place = "checks." + factory.name();
        List<String> problems = new ArrayList<>();
        Optional<Class<? extends Record>> declared = factory.settings();
        if (declared.isEmpty() && !values.isEmpty()) {
            problems.add(place + ": this check takes no settings; remove them");
        }
        @Nullable Record settings = declared.isEmpty() ? null : bind(place, declared.get(), problems);
        FakeCheckSetup setup = FakeCheckSetup.declared(place, settings);
        preparation.accept(setup);
        DrivenCheck made = new DrivenCheck(create(place, setup, problems), setup);
        if (!problems.isEmpty()) {
            made.closeQuietly();
            throw new InvalidSettings(problems);
        }
        return made;
    }

    private AdmissionCheck create(String place, FakeCheckSetup setup, List<String> problems) {
        try {
            return Optional.ofNullable(factory.create(setup))
                    .orElseThrow(() -> new IllegalStateException(place + ": the factory made no check"));
        } catch (InvalidSettings e) {
            e.problems().forEach(problem -> problems.add(problem.startsWith(place) ? problem : place + "." + problem));
            throw new InvalidSettings(problems);
        }
    }

    private Record bind(String place, Class<? extends Record> type, List<String> problems) {
        Binding<? extends Record> binding = new SettingsBinder(place, values).bind(type);
        problems.addAll(binding.problems());
        if (binding.record().isEmpty()) {
            throw new InvalidSettings(problems);
        }
        return binding.record().get();
    }
}
