package io.bursar.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditFilter;
import io.bursar.platform.Retention;
import io.bursar.platform.Retention.Overdue;
import io.bursar.platform.WorldFailedException;
import io.bursar.shared.UuidV7;
import io.bursar.upkeep.PurgeStore.Begun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.support.TransactionTemplate;

/** How a purge goes about it. */
class PurgeTest {
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final TestBursar bursar = TestBursar.shared();
    private final PurgeStore store = bursar.bean(PurgeStore.class);
    private final String name = "purge-test-" + UUID.randomUUID();
    private final List<String> turns = new ArrayList<>();

    @Test
    void kinds_take_turns_so_that_many_of_one_keep_no_other_waiting() {
        PurgeOutcome outcome = run(Duration.ofMinutes(1), kind("many", 35), kind("few", 5), kind("none", 0));

        assertThat(outcome).isEqualTo(PurgeOutcome.FINISHED);
        assertThat(turns).containsExactly("many", "few", "none", "many", "many", "many");
    }

    @Test
    void a_purge_whose_time_is_over_says_so_and_the_next_goes_on() {
        Retention kind = kind("many", 35);

        assertThat(run(Duration.ZERO, kind)).isEqualTo(PurgeOutcome.OUT_OF_TIME);
        assertThat(turns).isEmpty();

        assertThat(run(Duration.ofMinutes(1), kind)).isEqualTo(PurgeOutcome.FINISHED);
        assertThat(last("many").deleted()).isEqualTo(35);
    }

    @Test
    void what_cannot_be_deleted_is_told_and_keeps_nothing_else_from_being_deleted() {
        Retention held = kind("held", () -> {
            throw new CannotAcquireLockException("secret of a row");
        });

        assertThat(run(Duration.ofMinutes(1), held, kind("other", 5))).isEqualTo(PurgeOutcome.HINDERED);

        assertThat(last("held").hindrance()).isEqualTo("Somebody held a lock on the table.");
        assertThat(last("other").deleted()).isEqualTo(5);
    }

    @Test
    void a_batch_that_fails_is_not_counted() {
        AtomicInteger calls = new AtomicInteger();
        run(Duration.ofMinutes(1), kind("once", () -> {
            if (calls.incrementAndGet() == 2) {
                throw new CannotAcquireLockException("held");
            }
            return 10;
        }));

        assertThat(last("once").deleted()).isEqualTo(10);
    }

    @Test
    void a_node_that_shuts_down_ends_its_purge_after_the_batch() {
        Purge[] purge = new Purge[1];
        purge[0] = purge(Duration.ofMinutes(1), kind("endless", () -> {
            purge[0].stop();
            return 10;
        }));

        assertThat(purge[0].run(begun())).isEqualTo(PurgeOutcome.STOPPED);
        assertThat(turns).hasSize(1);
    }

    @Test
    void a_purge_that_a_kill_ended_is_told_as_ended_when_the_next_begins() {
        Begun killed = begun();

        bursar.run(PurgeExpired.NAME);

        assertThat(store.newest(100).stream()
                        .filter(purge -> purge.id().equals(killed.id()))
                        .findFirst())
                .hasValueSatisfying(purge -> assertThat(purge.outcome()).isEqualTo(PurgeOutcome.STOPPED));
    }

    @Test
    void the_job_fails_when_something_could_not_be_deleted() {
        PurgeExpired job = new PurgeExpired(
                purge(Duration.ofMinutes(1), kind("held", () -> {
                    throw new CannotAcquireLockException("held");
                })),
                store,
                new PurgeSettings(Duration.ofMinutes(1), 10, PAUSE),
                bursar.clock());

        assertThatThrownBy(job::run)
                .isInstanceOfSatisfying(
                        WorldFailedException.class,
                        failed -> assertThat(failed.code()).isEqualTo("purge_hindered"));
    }

    @Test
    void an_operator_purges_with_another_batch_size_for_once() {
        Browser admin = bursar.admin();
        String reason = "the table grew " + name;

        var answer = admin.submit(
                RetentionPage.PATH, RetentionPage.PATH + "/purges", Map.of("batchRows", "77", "reason", reason));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        bursar.run(PurgeExpired.NAME);
        assertThat(store.newest(100))
                .anySatisfy(purge -> assertThat(purge.batchRows()).isEqualTo(77));
        assertThat(bursar.bean(Audit.class)
                        .entries(
                                new AuditFilter("job/" + PurgeExpired.NAME, null, "purge.requested", null, null, null),
                                null,
                                100)
                        .items())
                .anySatisfy(entry -> assertThat(entry.toString()).contains(reason));
        assertThat(admin.get(RetentionPage.PATH).body())
                .contains("Sessions, from their end on", "14 days", "Purge now")
                .doesNotContain("th:");
        assertThat(admin.submit(
                                RetentionPage.PATH,
                                RetentionPage.PATH + "/purges",
                                Map.of("batchRows", "999999", "reason", reason))
                        .statusCode())
                .isEqualTo(422);
    }

    private PurgeStore.LastPurge last(String kind) {
        return Objects.requireNonNull(store.last().get(name + "." + kind));
    }

    private PurgeOutcome run(Duration budget, Retention... kinds) {
        return purge(budget, kinds).run(begun());
    }

    private Purge purge(Duration budget, Retention... kinds) {
        return new Purge(
                List.of(kinds),
                store,
                bursar.bean(TransactionTemplate.class),
                new PurgeSettings(budget, 10, PAUSE),
                bursar.clock());
    }

    /** One that has begun, whoever runs it. */
    private Begun begun() {
        UUID id = UuidV7.at(bursar.clock().instant());
        bursar.ownerSql().sql("""
                        INSERT INTO upkeep.purge (id, batch_rows, requested_at, started_at)
                        VALUES (:id, 10, now(), now())
                        """).param("id", id).update();
        return new Begun(id, 10);
    }

    private Retention kind(String kind, int rows) {
        AtomicInteger left = new AtomicInteger(rows);
        return kind(kind, () -> {
            int deleted = Math.min(10, left.get());
            left.addAndGet(-deleted);
            return deleted;
        });
    }

    private Retention kind(String kind, java.util.function.IntSupplier batch) {
        return new Retention(
                List.of(name + "." + kind),
                "For a test",
                Duration.ofDays(1),
                (before, rowsMax) -> {
                    turns.add(kind);
                    return batch.getAsInt();
                },
                before -> new Overdue(0, null));
    }
}
