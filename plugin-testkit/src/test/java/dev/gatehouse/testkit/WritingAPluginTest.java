package dev.gatehouse.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Keeps the code of docs/writing-a-plugin.md in step with the example plugin, which is compiled and tested. */
class WritingAPluginTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final Path PAGE = REPOSITORY.resolve("docs/writing-a-plugin.md");
    private static final String UPDATE = "mvn test -am -pl plugin-testkit -Dgatehouse.docs.update=true"
            + " -Dtest=WritingAPluginTest -Dsurefire.failIfNoSpecifiedTests=false";

    @TempDir
    private Path folder;

    @Test
    void page_code_isTheExamples() throws IOException {
        String updated = new GuideCode(REPOSITORY, Files.readString(PAGE)).updated();
        if (Boolean.getBoolean("gatehouse.docs.update")) {
            Files.writeString(PAGE, updated);
        }

        assertThat(PAGE)
                .as("docs/writing-a-plugin.md is not what the example says; run: %s", UPDATE)
                .content()
                .isEqualTo(updated);
    }

    @Test
    void page_everyBlockOfJavaOrXml_namesItsSource() throws IOException {
        GuideCode code = new GuideCode(REPOSITORY, Files.readString(PAGE));

        assertThat(code.blocks()).isGreaterThan(5);
        assertThat(code.blocksWithoutSource()).isEmpty();
    }

    @Test
    void updated_changedSource_takesTheRegionWithoutItsIndent() throws IOException {
        Files.writeString(folder.resolve("A.java"), "a\n  // region x\n  new {\n    $1\n  }\n  // endregion\nb\n");
        GuideCode code = new GuideCode(folder, "text\n<!-- source: A.java x -->\n```java\nold\n```\nmore\n");

        assertThat(code.updated()).isEqualTo("text\n<!-- source: A.java x -->\n```java\nnew {\n  $1\n}\n```\nmore\n");
    }

    @Test
    void updated_unknownRegion_isSaid() throws IOException {
        Files.writeString(folder.resolve("A.java"), "// region other\n// endregion\n");
        GuideCode code = new GuideCode(folder, "<!-- source: A.java x -->\n```java\n```\n");

        assertThatThrownBy(code::updated).hasMessageContaining("no region 'x'");
    }

    @Test
    void blocksWithoutSource_plainBlock_isNamedByTheLineBefore() {
        GuideCode code = new GuideCode(folder, "So:\n```java\nnew\n```\nand\n```sh\nls\n```\n");

        assertThat(code.blocksWithoutSource()).containsExactly("So:");
    }
}
