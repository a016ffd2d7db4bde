package dev.gatehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The tests that the threat model names are there. */
class ThreatModelTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))`");
    private static final Pattern TEST = Pattern.compile("([A-Z][A-Za-z0-9]*(?:Test|IT))\\.java");

    @Test
    void everyTestThatIsNamed_exists() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/threat-model.md"));
        Set<String> named = NAMED.matcher(page)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(tests()).containsAll(named);
    }

    /** A rule that no test holds is a hope. */
    @Test
    void everyAdvisory_hasATest() throws IOException {
        String advisories = Files.readString(ROOT.resolve("docs/threat-model.md"))
                .replaceFirst("(?s).*## Advisories(.*?)## .*", "$1");

        assertThat(advisories.lines().filter(line -> line.startsWith("| ")).skip(1))
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> assertThat(NAMED.matcher(row).find()).as(row).isTrue());
    }

    private static Set<String> tests() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (Path sources : sources()) {
            try (Stream<Path> files = Files.walk(sources)) {
                files.map(file -> TEST.matcher(file.getFileName().toString()))
                        .filter(name -> name.matches())
                        .forEach(name -> tests.add(name.group(1)));
            }
        }
        return tests;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> checks = Files.list(ROOT.resolve("auth-plugins"))) {
            Stream<Path> others =
                    Stream.of("gateway-war", "plugin-testkit", "system-tests").map(ROOT::resolve);
            return Stream.concat(others, checks)
                    .map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }
}
