package io.bursar.errorlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.bursar.TestBursar;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class ErrorLogTest {
    private final TestBursar bursar = TestBursar.shared();
    private final ErrorLog errors = bursar.bean(ErrorLog.class);
    private final String code = "test_" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void an_error_outlives_the_rolled_back_work_it_happened_in() {
        bursar.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            errors.record(code, "the endpoint did not answer", "chain/8453");
            status.setRollbackOnly();
        });

        assertThat(errors.entries(code, null, null, 10).items())
                .extracting(ErrorEntry::message, ErrorEntry::subject)
                .containsExactly(tuple("the endpoint did not answer", "chain/8453"));
    }

    @Test
    void a_storm_is_counted_in_full_and_kept_in_part() {
        int storm = ErrorLog.LINES_PER_HOUR_MAX + 50;
        for (int error = 0; error < storm; error++) {
            errors.record(code, "again", null);
        }

        assertThat(errors.counts(bursar.clock().instant().minus(Duration.ofHours(2))).stream()
                        .filter(count -> count.code().equals(code))
                        .mapToLong(ErrorCount::count)
                        .sum())
                .isEqualTo(storm);
        // A storm over the full hour may leave lines in both.
        assertThat(errors.count(code, null)).isBetween((long) ErrorLog.LINES_PER_HOUR_MAX, (long) storm);
    }

    @Test
    void a_long_message_is_cut_and_an_impossible_one_fails_nobody() {
        errors.record(code, "x".repeat(5_000), null);
        errors.record("c".repeat(100), "a code longer than the table takes", null);

        assertThat(errors.entries(code, null, null, 1).items().getFirst().message())
                .hasSize(ErrorLog.MESSAGE_CHARACTERS_MAX);
    }

    @Test
    void lines_older_than_ninety_days_go() {
        errors.record(code, "old", null);
        bursar.ownerSql()
                .sql("UPDATE errorlog.entry SET at = at - interval '91 days' WHERE code = :code")
                .param("code", code)
                .update();

        bursar.run("purge-expired");

        assertThat(errors.count(code, null)).isZero();
    }
}
