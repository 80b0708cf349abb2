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

class OutboxBenchTest {
    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void every_webhook_is_looked_for_at_the_receiver_and_json_holds_the_figures() throws IOException {
        int exit = run("--json", "--rounds", "1", "--events", "300", "--seconds", "1", "--rate", "50");

        assertThat(exit).as(err.toString()).isZero();
        List<String> ids = new ArrayList<>();
        for (JsonNode figure : new JsonMapper().readTree(out.toString())) {
            ids.add(figure.get("id").asString());
            boolean repeated = figure.get("id").asString().equals("P-9/repeated");
            assertThat(figure.get("figure").asDouble() > 0).isNotEqualTo(repeated);
        }
        assertThat(ids).containsExactly("P-9", "P-9/one", "P-9/latency", "P-9/hang", "P-9/repeated");
        assertThat(err.toString()).contains("300 to 8: ", "300 to 1: ");
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }

    private int run(String... options) {
        List<String> all = new ArrayList<>(List.of("--home", home.toString()));
        all.addAll(List.of(options));
        return new CommandLine(new OutboxBench())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
