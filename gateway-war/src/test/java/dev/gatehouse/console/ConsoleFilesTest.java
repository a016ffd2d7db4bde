package dev.gatehouse.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConsoleFilesTest {

    private static final Path WEB_APP = Path.of("src", "main", "webapp");

    /** Every way by which text becomes markup or code, and what would load something from elsewhere. */
    private static final Pattern DANGEROUS = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|createContextualFragment"
                    + "|setHTMLUnsafe|DOMParser|https?://(?!www\\.w3\\.org/2000/svg)|javascript:");

    private final ConsoleFiles servlet = new ConsoleFiles();

    @BeforeEach
    void start() throws ServletException {
        ServletContext context = ServletCall.proxy(ServletContext.class, (method, arguments) -> switch (method) {
            case "getResourceAsStream" -> open((String) arguments[0]);
            case "getInitParameter" -> null;
            default -> throw new UnsupportedOperationException(method);
        });
        servlet.init(ServletCall.proxy(ServletConfig.class, (method, arguments) -> switch (method) {
            case "getServletContext" -> context;
            case "getInitParameter" -> null;
            default -> throw new UnsupportedOperationException(method);
        }));
    }

    @Test
    void page_isServedWithAStrictPolicy_andNeverKept() throws IOException {
        Call call = get("/");

        assertThat(call.status).isEqualTo(200);
        assertThat(call.headers)
                .containsEntry("Content-Type", "text/html;charset=utf-8")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Referrer-Policy", "no-referrer")
                .containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(call.headers.get("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                        + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(call.body()).contains("Gatehouse");
    }

    @Test
    void consoleWithoutASlash_leadsToThePage_underAnyPath() throws IOException {
        Call call = new Call().get(servlet);

        assertThat(call.status).isEqualTo(308);
        assertThat(call.headers).containsEntry("Location", "console/");
    }

    @Test
    void files_areServedAsWhatTheyAre_andSentOnceOnly() throws IOException {
        for (Path file : files()) {
            Call call = get("/" + file.getFileName());
            assertThat(call.status).as("%s", file).isEqualTo(200);
            assertThat(call.body()).isEqualTo(Files.readString(file));
        }

        Call script = get("/console.js");
        assertThat(script.headers)
                .containsEntry("Content-Type", "text/javascript;charset=utf-8")
                .containsEntry("Cache-Control", "no-cache");
        Call again = new Call()
                .at("/console.js")
                .with("If-None-Match", script.headers.getOrDefault("ETag", ""))
                .get(servlet);
        assertThat(again.status).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing.js",
                "/../WEB-INF/web.xml",
                "/..%2fWEB-INF%2fweb.xml",
                "/sub/console.js",
                "//console.js",
                "/console.js/",
                "/CONSOLE.JS",
                "/.js",
                "/web.xml"
            })
    void whatIsNoFileOfTheConsole_isNotFound(String path) throws IOException {
        Call call = get(path);

        assertThat(call.status).isEqualTo(404);
        assertThat(call.body()).isEmpty();
    }

    @Test
    void files_makeMarkupOfNoText_andLoadNothingFromElsewhere() throws IOException {
        for (Path file : files()) {
            assertThat(Files.readString(file)).as("%s", file).doesNotContainPattern(DANGEROUS);
        }
        assertThat(Files.readString(WEB_APP.resolve("console/index.html")))
                .doesNotContainPattern("<script(?![^>]* src=)|<style|\\son[a-z]+=|\\sstyle=");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(WEB_APP.resolve("console"))) {
            return files.toList();
        }
    }

    private Call get(String path) throws IOException {
        return new Call().at(path).get(servlet);
    }

    private static @Nullable InputStream open(String path) {
        Path file = WEB_APP.resolve(path.substring(1));
        try {
            return Files.isRegularFile(file) ? Files.newInputStream(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Call extends ServletCall<Call> {

        Call get(ConsoleFiles servlet) throws IOException {
            servlet.doGet(request("GET"), response());
            return this;
        }
    }
}
