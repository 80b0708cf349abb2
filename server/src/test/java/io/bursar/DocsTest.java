package io.bursar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The documents are true: what they name exists, and what exists and concerns a reader is named. */
class DocsTest {
    private static final Pattern COMMAND = Pattern.compile("\\./bursar ([a-z]+)");
    private static final Pattern SETTING_READ = Pattern.compile(
            "(?:\\.(?:text|secret|number|flag|uri|uris|secretUris|requiredKey|key)\\(|login\\(settings,)"
                    + "\\s*\"([A-Z][A-Z0-9_]+)\"");
    private static final Pattern SETTING_ROW = Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]+)(?:<[a-z]+>)?` \\|");
    private static final Pattern MODULE_ROW = Pattern.compile("(?m)^\\| \\d \\| `([a-z]+)` \\|");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");

    @Test
    void every_command_in_the_documents_exists() throws IOException, InterruptedException {
        Process help = new ProcessBuilder(Repository.ROOT.resolve("bursar").toString(), "help")
                .redirectErrorStream(true)
                .start();
        String known = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(help.waitFor()).isZero();
        for (Path document : documents()) {
            assertThat(found(COMMAND, Repository.text(document)))
                    .as(Repository.name(document))
                    .allSatisfy(command -> assertThat(known).contains("./bursar " + command));
        }
    }

    @Test
    void the_table_of_modules_is_the_modules_there_are() {
        Set<String> modules = new TreeSet<>();
        ApplicationModules.of(Bursar.class)
                .forEach(module -> modules.add(module.getIdentifier().toString()));
        modules.remove("ledger");
        assertThat(found(MODULE_ROW, Repository.text("docs/ARCHITECTURE.md")))
                .containsExactlyInAnyOrderElementsOf(modules);
    }

    @Test
    void every_setting_is_documented_and_no_other() {
        Set<String> read = new TreeSet<>();
        for (Path file : Repository.javaFiles("server/src/main/java")) {
            read.addAll(found(SETTING_READ, Repository.text(file)));
        }
        assertThat(found(SETTING_ROW, Repository.text("docs/OPERATING.md"))).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void links_between_documents_lead_somewhere() {
        for (Path document : documents()) {
            for (String link : found(LINK, Repository.text(document))) {
                assertThat(Files.exists(
                                Objects.requireNonNull(document.getParent()).resolve(link)))
                        .as("%s links to %s", Repository.name(document), link)
                        .isTrue();
            }
        }
    }

    private static Set<Path> documents() {
        Set<Path> documents = new TreeSet<>(Repository.files(".md", "docs"));
        documents.add(Repository.ROOT.resolve("README.md"));
        documents.add(Repository.ROOT.resolve("ledger/README.md"));
        documents.add(Repository.ROOT.resolve("CHANGELOG.md"));
        return documents;
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(Objects.requireNonNull(matcher.group(1)));
        }
        return found;
    }
}
