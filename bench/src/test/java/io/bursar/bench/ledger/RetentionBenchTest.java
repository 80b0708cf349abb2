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

class RetentionBenchTest {
    @TempDir
    private Path home;

    @Test
    void expired_rows_are_gone_in_the_end_and_what_callers_noticed_is_told() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new RetentionBench())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("--json", "--home", home.toString(), "--rows", "2500", "--seconds", "1", "--rate", "20");

        assertThat(exit).as(err.toString()).isZero();
        List<String> ids = new ArrayList<>();
        for (JsonNode figure : new JsonMapper().readTree(out.toString())) {
            ids.add(figure.get("id").asString());
            assertThat(figure.get("figure").asDouble()).isPositive();
        }
        assertThat(ids).containsExactly("O-5", "O-5/purge");
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }
}
