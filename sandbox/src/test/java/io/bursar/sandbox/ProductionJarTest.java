package io.bursar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarInputStream;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is delivered holds the product and what it runs on: no stand-in, and nothing that only tests need. */
class ProductionJarTest {
    private static final Pattern SANDBOX = Pattern.compile(".*(io/bursar/sandbox/|bursar-sandbox).*");
    private static final Pattern TEST_LIBRARY = Pattern.compile("BOOT-INF/lib/(archunit|junit|assertj|awaitility"
            + "|selenium|axe|greenmail|standardwebhooks|hamcrest|opentest4j|spring-boot-starter-test|spring-boot-test"
            + "|spring-test|spring-modulith-(starter-)?test|jsonassert|mockito|byte-buddy|xmlunit)[^/]*");
    private static final Pattern TEST_CLASS = Pattern.compile(".*/io/bursar/.*Test(\\$.*)?\\.class");

    @Test
    void the_production_jar_holds_neither_the_sandbox_nor_what_tests_need() throws IOException {
        var entries = entries(productionJar());
        assertThat(entries).contains("BOOT-INF/classes/io/bursar/Bursar.class", "BOOT-INF/classes/io/bursar/cli/");
        assertThat(entries).anyMatch(entry -> entry.matches("BOOT-INF/lib/bursar-ledger-.*\\.jar"));
        for (var unwanted : List.of(SANDBOX, TEST_LIBRARY, TEST_CLASS)) {
            assertThat(entries).filteredOn(unwanted.asMatchPredicate()).isEmpty();
        }
    }

    private static Path productionJar() throws IOException {
        var target = serverModule().resolve("target");
        List<Path> found = List.of();
        if (Files.isDirectory(target)) {
            try (var jars = Files.newDirectoryStream(target, "bursar-server-*-exec.jar")) {
                found = new ArrayList<>();
                jars.forEach(found::add);
            }
        }
        assertThat(found)
                .as("the production jar in server/target: run ./bursar test, which builds it before this test")
                .hasSize(1);
        return found.getFirst();
    }

    private static Path serverModule() {
        var here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("bursar"))) {
            here = here.resolveSibling("").normalize();
        }
        return here.resolve("server");
    }

    /** Of the jar, and of Bursar's own jars inside it. */
    private static List<String> entries(Path jar) throws IOException {
        try (var opened = new JarInputStream(Files.newInputStream(jar))) {
            return entries(opened, "");
        }
    }

    private static List<String> entries(JarInputStream jar, String inside) throws IOException {
        var names = new ArrayList<String>();
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
            names.add(inside + entry.getName());
            if (entry.getName().matches("BOOT-INF/lib/bursar-.*\\.jar")) {
                names.addAll(entries(new JarInputStream(jar), entry.getName() + "!/"));
            }
        }
        return names;
    }
}
