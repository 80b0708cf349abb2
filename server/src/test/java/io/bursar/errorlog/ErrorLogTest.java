package io.bursar.errorlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.bursar.TestBursar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    void messages_that_differ_in_numbers_are_one_kind_and_a_bug_is_known_by_its_place() {
        Instant since = bursar.clock().instant();
        errors.record(code, "no answer after 3 tries", null);
        errors.record(code, "no answer after 12 tries", null);
        errors.bug(code, new IllegalStateException("hunter2"), null);

        assertThat(errors.kinds(code, since))
                .extracting(ErrorKind::shape, ErrorKind::count)
                .containsExactlyInAnyOrder(
                        tuple("no answer after # tries", 2L),
                        tuple(
                                "java.lang.IllegalStateException at io.bursar.errorlog.ErrorLogTest."
                                        + "messages_that_differ_in_numbers_are_one_kind_and_a_bug_is_known_by_its_place"
                                        + "(ErrorLogTest.java:#)",
                                1L));
        String kind = Shape.of("no answer after 5 tries").fingerprint(code);
        assertThat(errors.entries(new ErrorFilter(code, null, null, kind), null, 10)
                        .items())
                .extracting(ErrorEntry::message)
                .containsExactly("no answer after 12 tries", "no answer after 3 tries");
        assertThat(errors.entries(code, null, null, 10).items().toString()).doesNotContain("hunter2");
    }

    @Test
    void kinds_beyond_a_hundred_are_counted_as_one() {
        String letters = "abcdefghijklmnopqrstuvwxyz";
        for (int kind = 0; kind < ErrorLog.KINDS_OF_CODE_MAX + 20; kind++) {
            errors.record(code, letters.charAt(kind / 26) + " " + letters.charAt(kind % 26), null);
        }
        bursar.ownerSql()
                .sql("UPDATE errorlog.kind SET last_at = last_at - interval '1 hour' WHERE code = :code AND count = 1")
                .param("code", code)
                .update();
        List<ErrorKind> recent = errors.kinds(code, bursar.clock().instant().minus(Duration.ofMinutes(30)));
        assertThat(recent).singleElement().satisfies(others -> {
            assertThat(others.shape()).isEqualTo(Shape.OTHERS.text());
            assertThat(others.count()).isEqualTo(20);
            assertThat(errors.count(new ErrorFilter(code, null, null, others.fingerprint())))
                    .isEqualTo(20);
        });
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
