package dev.gatehouse.checks.origin;

import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AllowedOriginTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            https://*.gateway.example,      https://a.gateway.example,          true
            https://*.gateway.example,      https://xn--bcher-kva.gateway.example, true
            https://*.gateway.example,      HTTPS://A.Gateway.Example:443,      true
            https://*.gateway.example,      https://gateway.example,            false
            https://*.gateway.example,      https://a.b.gateway.example,        false
            https://*.gateway.example,      https://agateway.example,           false
            https://*.gateway.example,      https://a.gateway.example.evil.test, false
            https://*.gateway.example,      https://evil.test,                  false
            https://*.gateway.example,      https://a.gateway.example.,         false
            https://*.gateway.example,      http://a.gateway.example,           false
            https://*.gateway.example,      https://a.gateway.example:8443,     false
            https://*.gateway.example:8443, https://a.gateway.example:8443,     true
            https://*.gateway.example:8443, https://a.gateway.example,          false
            https://*.gateway.example:8443, https://a.gateway.example:8444,     false
            http://localhost:*,             http://localhost,                   true
            http://localhost:*,             http://localhost:5173,              true
            http://localhost:*,             https://localhost:5173,             false
            http://localhost:*,             http://localhost.evil.test:5173,    false
            http://localhost:*,             http://127.0.0.1:5173,              false
            http://[2001:db8::7]:*,         http://[2001:db8::7]:8080,          true
            http://[2001:db8::7]:*,         http://[2001:db8::8]:8080,          false
            https://gateway.example,        https://gateway.example,            true
            https://gateway.example,        https://a.gateway.example,          false
            https://gateway.example,        https://gateway.example:8443,       false
            """)
    void entry_meansTheseOrigins(String entry, String origin, boolean matches) {
        assertThat(AllowedOrigin.problem(entry)).isEmpty();
        assertThat(AllowedOrigin.parse(entry)
                        .orElseThrow()
                        .matches(Origin.parse(origin).orElseThrow()))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://*.com",
                "https://*.com.",
                "https://*",
                "https://*:8443",
                "*://gateway.example",
                "https://a*.gateway.example",
                "https://*a.gateway.example",
                "https://a.*.gateway.example",
                "https://*.*.gateway.example",
                "https://**.gateway.example",
                "https://*.gateway.example:*",
                "https://gateway.example:84*",
                "https://gateway.example:8443:*",
                "https://gateway.*",
                "http://*.168.1.7",
                "http://*.1.7",
                "http://*.0.0.1:8080",
                "http://*.[::1]",
                "http://[*::1]",
                "http://[::1]*",
                "https://*.gateway.example/path",
                "https://*.gateway.example@evil.test",
                "chrome-extension://*"
            })
    void wildcard_anywhereElse_isAProblemThatShowsWhereItMayBe(String entry) {
        assertThat(AllowedOrigin.parse(entry)).isEmpty();
        assertThat(AllowedOrigin.problem(entry))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("'" + entry + "'", "https://*.gateway.example", "http://localhost:*"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://*.gateway.example:443, https://*.gateway.example",
        "HTTPS://*.Gateway.Example/, https://*.gateway.example",
        "http://localhost:80:*, http://localhost:*",
        "http://LOCALHOST:*, http://localhost:*"
    })
    void wildcard_inAnotherForm_isAProblemThatSaysWhatToWrite(String entry, String instead) {
        assertThat(AllowedOrigin.problem(entry))
                .hasValueSatisfying(problem -> assertThat(problem).endsWith("write '" + instead + "'"));
        assertThat(AllowedOrigin.problem(instead)).isEmpty();
    }

    /** Entries and origins of the same few parts, so that many nearly match, and some do. */
    @Test
    void whateverMatches_hasTheSameScheme_asManyLabels_andTheSameFixedParts() {
        Random random = new Random(46);
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            String entry = text(random, List.of("*", "a", "a.b", "*.a"));
            String page = text(random, List.of("a", "b", "a.b", "b.a"));
            Optional<AllowedOrigin> allowed = AllowedOrigin.parse(entry);
            Optional<Origin> origin = Origin.parse(page);
            if (allowed.isPresent() && origin.isPresent() && allowed.get().matches(origin.get())) {
                matched++;
                assertAlike(allowed.get().text(), origin.get());
            }
        }
        assertThat(matched).isGreaterThan(1000);
    }

    private static void assertAlike(String entry, Origin page) {
        String[] allowed = labels(entry);
        String[] sent = labels(page.text());
        assertThat(page.text()).as(entry).startsWith(entry.substring(0, entry.indexOf("://") + 3));
        assertThat(sent).as("%s for %s", page, entry).hasSameSizeAs(allowed);
        for (int i = 0; i < sent.length; i++) {
            if (!allowed[i].equals("*")) {
                assertThat(sent[i]).as("%s for %s", page, entry).isEqualTo(allowed[i]);
            }
        }
        if (!entry.endsWith(":*")) {
            assertThat(port(page.text())).as("%s for %s", page, entry).isEqualTo(port(entry));
        }
    }

    private static String text(Random random, List<String> fronts) {
        return pick(random, List.of("https", "http"))
                + "://"
                + pick(random, fronts)
                + pick(random, List.of("", ".a.b", ".b.a", ".a", ".a.b."))
                + pick(random, List.of("", ":443", ":80", ":8443", ":*"));
    }

    private static String pick(Random random, List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String[] labels(String origin) {
        String authority = origin.substring(origin.indexOf("://") + 3);
        int colon = authority.indexOf(':');
        return (colon < 0 ? authority : authority.substring(0, colon)).split("\\.", -1);
    }

    private static String port(String origin) {
        String authority = origin.substring(origin.indexOf("://") + 3);
        int colon = authority.indexOf(':');
        return colon < 0 ? "" : authority.substring(colon);
    }
}
