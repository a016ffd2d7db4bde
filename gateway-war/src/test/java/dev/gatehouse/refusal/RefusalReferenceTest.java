package dev.gatehouse.refusal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps docs/close-reasons.md and the README's table in step with the catalogue. */
class RefusalReferenceTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "close-reasons.md");
    private static final Path README = Path.of("..", "README.md");
    private static final Path INTRODUCTION =
            Path.of("src", "test", "resources", "dev", "gatehouse", "refusal", "close-reasons-introduction.md");
    private static final String BEGIN = "<!-- Of the catalogue of refusals; see docs/close-reasons.md. -->\n";
    private static final String END = "<!-- End of the table. -->";
    private static final String REGENERATE = "mvn package -am -pl gateway-war,auth-plugins/secure-context,"
            + "auth-plugins/origin,auth-plugins/network,auth-plugins/token,auth-plugins/pairing -Dgatehouse.docs.update=true"
            + " -Dtest=RefusalReferenceTest -Dsurefire.failIfNoSpecifiedTests=false";

    /** What people meet most; the rest is in the document. */
    private static final Set<RefusalKind> FAMOUS = EnumSet.of(
            RefusalKind.TOKEN_MISSING,
            RefusalKind.TOKEN_MISMATCH,
            RefusalKind.INVITATION_UNUSABLE,
            RefusalKind.DEVICE_TOKEN_MISMATCH,
            RefusalKind.DEVICE_TOKEN_REVOKED,
            RefusalKind.NOT_APPROVED,
            RefusalKind.ACCESS_REVOKED,
            RefusalKind.SCOPE_UPGRADE,
            RefusalKind.UI_DEVICE_REQUIRED,
            RefusalKind.INSECURE_CONTEXT,
            RefusalKind.ORIGIN_NOT_ALLOWED,
            RefusalKind.UNDECIDED);

    @Test
    void document_isWhatTheCatalogueSays() throws IOException {
        String generated = Files.readString(INTRODUCTION)
                + Arrays.stream(RefusalKind.Topic.values())
                        .map(RefusalReferenceTest::section)
                        .collect(Collectors.joining());
        if (Boolean.getBoolean("gatehouse.docs.update")) {
            Files.writeString(DOCUMENT, generated);
        }

        assertThat(DOCUMENT)
                .as("docs/close-reasons.md is not what the catalogue says; run: %s", REGENERATE)
                .content()
                .isEqualTo(generated);
    }

    @Test
    void tableOfTheReadme_isWhatTheCatalogueSays() throws IOException {
        String readme = Files.readString(README);
        String before = readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length());
        String after = readme.substring(readme.indexOf(END));
        String generated = before + "\n" + table() + "\n" + after;
        if (Boolean.getBoolean("gatehouse.docs.update")) {
            Files.writeString(README, generated);
        }

        assertThat(README)
                .as("the README's table is not what the catalogue says; run: %s", REGENERATE)
                .content()
                .isEqualTo(generated);
    }

    private static String table() {
        return "| you read | why | do |\n|---|---|---|\n"
                + FAMOUS.stream()
                        .map(kind -> row("#", said(kind), kind.whyAsMarkdown(), kind.remedyAsMarkdown()))
                        .collect(Collectors.joining());
    }

    private static String section(RefusalKind.Topic topic) {
        return "\n## " + topic.title() + "\n\n| code | you read | why | do |\n|---|---|---|---|\n"
                + Arrays.stream(RefusalKind.values())
                        .filter(kind -> kind.topic() == topic)
                        .map(kind -> row(
                                "../README.md#", code(kind), said(kind), kind.whyAsMarkdown(), kind.remedyAsMarkdown()))
                        .collect(Collectors.joining());
    }

    private static String code(RefusalKind kind) {
        return kind.code().isEmpty() ? "any other" : "`" + kind.code() + "`";
    }

    private static String said(RefusalKind kind) {
        String reason = kind.reason()
                .map(detail -> ", with the reason `" + detail + "`")
                .orElse("");
        return kind.said().isEmpty() ? "what the rule says" : "`" + kind.said().strip() + " ...`" + reason;
    }

    private static String row(String readme, String... cells) {
        return Stream.of(cells)
                .map(cell -> cell.replace("README#", readme).replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
