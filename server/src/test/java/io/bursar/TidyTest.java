package io.bursar;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The limits of docs/STYLE.md. What fails here names the file, the number it has and the number it may have. */
class TidyTest {
    private static final int FILE_LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 60;
    private static final int LINE_LENGTH_MAX = 120;
    private static final String[] MAIN = {
        "ledger/src/main/java", "server/src/main/java", "sandbox/src/main/java", "bench/src/main/java"
    };
    private static final String[] TEST = {
        "ledger/src/test/java", "server/src/test/java", "sandbox/src/test/java", "bench/src/test/java"
    };
    private static final Pattern VAGUE_NAME = Pattern.compile("(Impl|Manager|Helper|Util|Utils)\\.java$");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b"); // the words this test is about
    private static final Pattern STATEMENT =
            Pattern.compile("(?i)\\b(?:FROM|JOIN|INTO|UPDATE|DELETE FROM)\\s+([a-z]+)\\.[a-z_]+");
    private static final Pattern SQL = Pattern.compile("\\b(SELECT|INSERT INTO|DELETE FROM)\\b.*");

    @Test
    void files_fit_a_head() {
        List<String> findings = new ArrayList<>();
        for (Path file : Repository.javaFiles(MAIN)) {
            long lines = Repository.text(file).lines().count();
            if (lines > FILE_LINES_MAX) {
                findings.add("%s: %d lines (expected: <= %d)".formatted(Repository.name(file), lines, FILE_LINES_MAX));
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void methods_fit_a_screen() throws IOException {
        assertThat(longMethods(Repository.javaFiles(MAIN))).isEmpty();
    }

    @Test
    void lines_fit_a_window() {
        List<String> findings = new ArrayList<>();
        for (Path file : allFiles()) {
            List<String> lines = Repository.text(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > LINE_LENGTH_MAX) {
                    findings.add("%s:%d: %d characters (expected: <= %d)"
                            .formatted(
                                    Repository.name(file), i + 1, lines.get(i).length(), LINE_LENGTH_MAX));
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void nothing_is_left_for_later() {
        assertThat(allFiles().stream()
                        .filter(file -> !file.endsWith("TidyTest.java"))
                        .filter(file ->
                                UNFINISHED.matcher(Repository.text(file)).find())
                        .map(Repository::name))
                .isEmpty();
    }

    @Test
    void names_say_what_a_type_is() {
        assertThat(allFiles().stream()
                        .map(Repository::name)
                        .filter(name -> VAGUE_NAME.matcher(name).find()))
                .isEmpty();
    }

    @Test
    void tests_wait_for_conditions_and_do_not_sleep() {
        assertThat(Repository.javaFiles(TEST).stream()
                        .filter(file -> !file.endsWith("TidyTest.java"))
                        .filter(file -> Repository.text(file).contains("Thread.sleep"))
                        .map(Repository::name))
                .isEmpty();
    }

    @Test
    void no_module_names_the_schema_of_another() {
        List<String> schemas = schemas();
        List<String> findings = new ArrayList<>();
        for (Path file : Repository.javaFiles("server/src/main/java", "ledger/src/main/java")) {
            Matcher statement = STATEMENT.matcher(Repository.text(file));
            while (statement.find()) {
                String schema = group(statement).toLowerCase(Locale.ROOT);
                if (schemas.contains(schema) && !schema.equals(module(file))) {
                    findings.add("%s names the schema %s".formatted(Repository.name(file), schema));
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void sql_lives_in_stores() {
        List<String> elsewhere = Repository.javaFiles("server/src/main/java").stream()
                .filter(file -> !file.getFileName().toString().endsWith("Store.java"))
                .filter(file -> SQL.matcher(Repository.text(file)).find())
                .map(file -> file.getFileName().toString())
                .toList();
        assertThat(elsewhere)
                .as("what makes and opens the database itself is the exception")
                .containsExactlyInAnyOrder("EmbeddedDatabase.java", "Migrator.java");
    }

    private static List<Path> allFiles() {
        List<Path> files = new ArrayList<>(Repository.javaFiles(MAIN));
        files.addAll(Repository.javaFiles(TEST));
        return files;
    }

    private static List<String> schemas() {
        return Repository.files(".sql", "server/src/main/resources/db/migration", "ledger/src/main/resources").stream()
                .map(file ->
                        Objects.requireNonNull(file.getParent()).getFileName().toString())
                .distinct()
                .toList();
    }

    private static String module(Path file) {
        Matcher module = Pattern.compile("io/bursar/([a-z]+)/").matcher(file.toString());
        return module.find() ? group(module) : "";
    }

    private static String group(Matcher matcher) {
        @Nullable String found = matcher.group(1);
        return found == null ? "" : found;
    }

    private static List<String> longMethods(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> findings = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new MethodScanner(unit, positions, findings).scan(unit, null);
            }
        }
        return findings;
    }

    private static final class MethodScanner extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> findings;

        private MethodScanner(CompilationUnitTree unit, SourcePositions positions, List<String> findings) {
            this.unit = unit;
            this.positions = positions;
            this.findings = findings;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            LineMap lines = unit.getLineMap();
            long start = positions.getStartPosition(unit, method);
            long end = positions.getEndPosition(unit, method);
            long length = lines.getLineNumber(end) - lines.getLineNumber(start) + 1;
            if (length > METHOD_LINES_MAX) {
                findings.add("%s#%s: %d lines (expected: <= %d)"
                        .formatted(unit.getSourceFile().getName(), method.getName(), length, METHOD_LINES_MAX));
            }
            return super.visitMethod(method, null);
        }
    }
}
