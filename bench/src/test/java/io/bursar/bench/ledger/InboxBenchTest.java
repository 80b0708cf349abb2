package io.bursar.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InboxBenchTest {
    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void every_acknowledged_event_is_on_disk_and_json_holds_the_figures() throws IOException {
        int exit = new CommandLine(new InboxBench())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        "--home",
                        home.toString(),
                        "--json",
                        "--rounds",
                        "1",
                        "--seconds",
                        "0.2",
                        "--rate",
                        "50",
                        "--in-flight",
                        "4");

        assertThat(exit).as(err.toString()).isZero();
        List<String> ids = new ArrayList<>();
        for (JsonNode figure : new JsonMapper().readTree(out.toString())) {
            ids.add(figure.get("id").asString());
            assertThat(figure.get("figure").asDouble()).isPositive();
        }
        assertThat(ids).containsExactly("P-5/1", "P-5/16", "P-5/latency");
        assertThat(err.toString()).containsPattern("([0-9,]+) acknowledged, \\1 on disk");
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }
}
