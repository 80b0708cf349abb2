package io.bursar.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTextTest {
    @Test
    void an_id_reads_back_from_its_text() {
        for (UUID id : new UUID[] {new UUID(-1, -1), new UUID(0, 0), UuidV7.at(Instant.EPOCH), UUID.randomUUID()}) {
            assertThat(IdText.parse("req", IdText.of("req", id))).contains(id);
        }
    }

    @Test
    void texts_sort_as_their_births_do() {
        String earlier = IdText.of("req", UuidV7.at(Instant.parse("2026-01-01T00:00:00Z")));
        String later = IdText.of("req", UuidV7.at(Instant.parse("2026-01-01T00:00:00.001Z")));
        assertThat(earlier).isLessThan(later);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "req",
                "req_",
                "mer_00000000000000000000000000",
                "req_8zzzzzzzzzzzzzzzzzzzzzzzzz",
                "req_' OR 1=1"
            })
    void anything_else_names_nothing(String text) {
        assertThat(IdText.parse("req", text)).isEmpty();
    }
}
