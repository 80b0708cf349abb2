package io.bursar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the pages' content security policy and Thymeleaf's own rules would otherwise refuse only at run time. */
class TemplatesTest {
    private static final String FOLDER = "server/src/main/resources/templates";
    private static final Pattern STYLE = Pattern.compile("<style|\\s(th:)?style(append)?\\s*=");
    private static final Pattern SCRIPT = Pattern.compile("<script(?![^>]*\\s(th:)?src=)|<script[^>]*>[^<\\s]");
    private static final Pattern HANDLER = Pattern.compile("\\s(th:|data-)?(on[a-z]+|hx-on[:a-z-]*)\\s*=|javascript:");
    private static final Pattern BEAN = Pattern.compile("\\$\\{[^}]*@[a-zA-Z]+\\.");
    private static final Pattern ELSEWHERE =
            Pattern.compile("<(script|link|img|iframe|form)[^>]*(src|href|action)=\"(https?:)?//");

    @Test
    void no_page_carries_styles_or_scripts_of_its_own() {
        assertThat(with(STYLE)).as("classes of bursar.css instead of styles").isEmpty();
        assertThat(with(SCRIPT)).as("bursar.js instead of inline scripts").isEmpty();
        assertThat(with(HANDLER))
                .as("data attributes that bursar.js knows instead of handlers")
                .isEmpty();
    }

    @Test
    void nothing_is_loaded_from_elsewhere() {
        assertThat(with(ELSEWHERE)).isEmpty();
    }

    @Test
    void values_are_always_escaped() {
        assertThat(with(Pattern.compile("th:utext|\\[\\(\\$\\{")))
                .as("th:text instead")
                .isEmpty();
    }

    @Test
    void pages_name_variables_and_not_beans() {
        assertThat(with(BEAN))
                .as("${ui.…}, because ${@ui.…} is forbidden in attributes and parameters")
                .isEmpty();
    }

    @Test
    void whole_pages_start_with_a_doctype() {
        assertThat(templates().stream()
                        .filter(file -> Repository.text(file).contains("/layout :: page"))
                        .filter(file -> !Repository.text(file).startsWith("<!doctype html>"))
                        .map(Repository::name))
                .isEmpty();
    }

    private static List<String> with(Pattern forbidden) {
        return templates().stream()
                .filter(file -> forbidden.matcher(Repository.text(file)).find())
                .map(Repository::name)
                .toList();
    }

    private static List<Path> templates() {
        List<Path> templates = Repository.files(".html", FOLDER);
        assertThat(templates).isNotEmpty();
        return templates;
    }
}
