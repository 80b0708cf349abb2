package io.bursar.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.bench.ledger.Figure.Bound;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private final StringWriter progress = new StringWriter();
    private final Report report = new Report(new PrintWriter(progress));

    @Test
    void json_is_a_list_of_figures_with_what_they_are_held_to() {
        report.add(new Figure("P-1", "hot", 12.5, "x", Bound.atLeast(10, 20), "beside"));
        report.add(new Figure("P-7", "reads", 6, "ms", Bound.atMost(5, 2), ""));
        report.add(Figure.plain("fsync", "disk", Double.NaN, "ms", ""));
        JsonNode figures = new JsonMapper().readTree(report.json());
        assertThat(figures).isEqualTo(new JsonMapper().readTree("""
                [{"id": "P-1", "figure": 12.5000, "unit": "x", "atLeast": 10.0000, "aim": 20.0000, "holds": true},
                 {"id": "P-7", "figure": 6.0000, "unit": "ms", "atLeast": 5.0000, "aim": 2.0000, "holds": false},
                 {"id": "fsync", "figure": null, "unit": "ms", "atLeast": null, "aim": null, "holds": null}]
                """));
    }

    @Test
    void the_table_shows_bounds_with_the_side_that_is_good_and_absolute_figures_beside() {
        report.add(new Figure("P-1", "hot", 9.5, "x", Bound.atLeast(10, 20), "bursar: 31,000/s"));
        report.add(new Figure("P-7", "reads", 1.5, "ms", Bound.atMost(5, 2), ""));
        assertThat(report.table())
                .containsPattern("P-1 .* 9.50 x .*>=10.00 +>=20.00 +NO")
                .containsPattern("P-7 .* 1.50 ms .*<=5.00 +<=2.00 +yes")
                .contains("bursar: 31,000/s");
    }

    @Test
    void figures_are_told_while_the_run_goes_on() {
        report.add(Figure.plain("fsync", "disk", 0.5, "ms", ""));
        assertThat(progress.toString()).startsWith("fsync: 0.50 ms");
    }
}
