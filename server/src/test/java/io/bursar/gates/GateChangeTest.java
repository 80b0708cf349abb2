package io.bursar.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.shared.Actor;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GateChangeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Actor ADA = new Actor(Actor.Kind.OPERATOR, "ada");
    private static final Closure CLOSED = new Closure("duplicates", "operator/grace", NOW.minusSeconds(60));

    @Test
    void an_open_gate_closes_for_a_reason_and_a_closed_one_opens_for_one() {
        assertThat(GateChange.close(null, " duplicates seen ", ADA, NOW))
                .isEqualTo(new GateChange.Closed(new Closure("duplicates seen", "operator/ada", NOW)));
        assertThat(GateChange.open(CLOSED, "fixed")).isEqualTo(new GateChange.Opened(CLOSED, "fixed"));
    }

    @Test
    void whoever_is_second_changes_nothing() {
        assertThat(GateChange.close(CLOSED, "me too", ADA, NOW)).isEqualTo(new GateChange.AlreadyClosed(CLOSED));
        assertThat(GateChange.open(null, "me too")).isEqualTo(new GateChange.AlreadyOpen());
    }

    @Test
    void no_reason_or_a_novel_is_refused_before_anything_else() {
        for (String reason : new String[] {"", "  ", "x".repeat(501)}) {
            assertThat(GateChange.close(CLOSED, reason, ADA, NOW)).isInstanceOf(GateChange.ReasonUnusable.class);
            assertThat(GateChange.open(null, reason)).isInstanceOf(GateChange.ReasonUnusable.class);
        }
        assertThat(GateChange.close(null, "x".repeat(500), ADA, NOW)).isInstanceOf(GateChange.Closed.class);
    }
}
