package dev.gatehouse.testkit;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.gatehouse.spi.AdmissionCheck;
import dev.gatehouse.spi.AdmissionCheckFactory;
import dev.gatehouse.spi.CheckSetup;

/**
 * One way to break the contract.
 *
 * @param name what is wrong with the check
 * @param rule the only test that may fail on it
 * @param key the valid key to run it with
 * @param factory makes the check
 */
record Breach(String name, String rule, String key, Supplier<AdmissionCheckFactory> factory) {

    private static final String KEY = "the key of the sample check";

    /** A sound check. */
    static final Breach NONE = new Breach("none", "none", KEY, SampleFactory::new);

    static Breach of(String rule, String name, Supplier<AdmissionCheckFactory> factory) {
        return new Breach(name, rule, KEY, factory);
    }

    /** A breach of what a sound factory makes. */
    static Breach ofCheck(String rule, String name, BiFunction<SampleCheck, CheckSetup, AdmissionCheck> twist) {
        return of(rule, name, () -> new SampleFactory() {
            @Override
            AdmissionCheck twist(SampleCheck sound, CheckSetup setup) {
                return twist.apply(sound, setup);
            }
        });
    }

    Breach withKey(String other) {
        return new Breach(name, rule, other, factory);
    }

    static List<Breach> all() {
        return Stream.of(FactoryBreaches.all(), AnswerBreaches.all(), TextBreaches.all(), StateBreaches.all())
                .flatMap(List::stream)
                .toList();
    }

    static Breach named(String name) {
        return Stream.concat(Stream.of(NONE, StateBreaches.HANGING), all().stream())
                .filter(breach -> breach.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return rule + ": " + name;
    }
}
