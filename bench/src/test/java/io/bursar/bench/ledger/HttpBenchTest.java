package io.bursar.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HttpBenchTest {
    @TempDir
    private Path home;

    @Test
    void posting_over_http_is_measured_against_doing_nothing_and_leaves_nothing_behind() throws IOException {
        StringWriter out = new StringWriter();
        int exit = new CommandLine(new HttpBench())
                .setOut(new PrintWriter(out))
                .execute(
                        "--json",
                        "--home",
                        home.toString(),
                        "--accounts",
                        "20",
                        "--rounds",
                        "1",
                        "--seconds",
                        "0.2",
                        "--rate",
                        "20",
                        "--in-flight",
                        "4");

        assertThat(exit).isZero();
        JsonNode figures = new JsonMapper().readTree(out.toString());
        assertThat(figures.get(0).path("id").asString()).isEqualTo("P-4");
        assertThat(figures.get(0).path("figure").asDouble()).isPositive();
        assertThat(figures.get(0).path("holds").isBoolean()).isTrue();
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }
}
