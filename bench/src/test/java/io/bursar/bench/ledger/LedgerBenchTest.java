package io.bursar.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LedgerBenchTest {
    private static final String[] TINY = {
        "--accounts",
        "20",
        "--rounds",
        "1",
        "--seconds",
        "0.05",
        "--rows",
        "1000",
        "--saturated",
        "16",
        "--in-flight",
        "1,4",
        "--rates",
        "50"
    };

    private static final String EVERYTHING_SHORT = "fsync,P-1,P-3,P-6,P-7,P-8,curve,latency,hot-tail,soak";

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void json_holds_every_figure_asked_for_and_nothing_else_is_printed() throws IOException {
        String databases = "SELECT count(*) FROM pg_database";
        double before = TestServer.DATABASE.number(databases);
        assertThat(run("--json", "--only", EVERYTHING_SHORT, "--database", TestServer.SHARED.url()))
                .isZero();
        JsonNode figures = new JsonMapper().readTree(out.toString());
        List<String> ids = new ArrayList<>();
        for (JsonNode figure : figures) {
            ids.add(figure.get("id").asString());
            assertThat(figure.propertyNames()).containsExactly("id", "figure", "unit", "atLeast", "aim", "holds");
        }
        assertThat(ids)
                .contains("fsync", "P-1", "P-3", "P-6", "P-7", "P-8", "hot-tail", "soak")
                .contains("curve/hold-and-capture/4", "latency/bursar/uniform/50", "memory/heap");
        assertThat(Stream.of("P-1", "P-3", "P-6", "P-7", "P-8")
                        .map(id -> figures.get(ids.indexOf(id)).get("holds").isBoolean()))
                .containsOnly(true);
        assertThat(TestServer.DATABASE.number(databases)).isEqualTo(before);
    }

    @Test
    void without_json_there_is_a_table() throws IOException {
        assertThat(run("--only", "P-1")).isZero();
        assertThat(out.toString()).contains("P-1", "hot payee", ">=10.00", "stored function: ");
        assertThat(leftBehind()).isEmpty();
    }

    @Test
    void a_figure_that_does_not_exist_is_refused_with_those_that_do() {
        assertThat(run("--only", "P-99")).isNotZero();
        assertThat(err.toString()).contains("P-99", "P-1", "P-7");
    }

    @Test
    void a_server_that_cannot_be_reached_is_an_error() {
        assertThat(run("--only", "P-1", "--database", "postgres://nobody@127.0.0.1:1/none"))
                .isNotZero();
    }

    @Test
    void interrupting_it_ends_its_database_and_removes_the_data() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.bursar.bench.Main",
                "ledger",
                "--home",
                home.toString(),
                "--only",
                "curve",
                "--accounts",
                "20"));
        Path log = Files.createTempFile("bench", ".log");
        Process bench = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.readString(log).contains("in flight"));
        ProcessHandle server = postmaster();
        bench.destroy();
        await().atMost(Duration.ofSeconds(30)).until(() -> !bench.isAlive() && !running(server));
        assertThat(leftBehind()).isEmpty();
        Files.delete(log);
    }

    @Test
    void deciding_is_measured_without_a_database() {
        Report report = new Report(new PrintWriter(err));
        Decide.measure(
                report,
                Decide.options()
                        .forks(0)
                        .param("batch", "64")
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(org.openjdk.jmh.runner.options.TimeValue.milliseconds(50)));
        assertThat(report.figures()).singleElement().satisfies(figure -> {
            assertThat(figure.id()).isEqualTo("decide/64");
            assertThat(figure.figure()).isPositive();
        });
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--home", home.toString()));
        all.addAll(List.of(TINY));
        all.addAll(List.of(arguments));
        return new CommandLine(new LedgerBench())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private List<Path> leftBehind() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.toList();
        }
    }

    private ProcessHandle postmaster() throws IOException {
        try (Stream<Path> files = Files.walk(home, 3)) {
            Path pid = files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
            return ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                    .orElseThrow();
        }
    }

    /** A process that has ended and that nobody waited for is still listed, without a command. */
    private static boolean running(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
