package io.bursar.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bursar.Floors;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.platform.Epoch;
import io.bursar.platform.Gate;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.ProblemException;
import io.bursar.shared.Actor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes are two {@link Gates} on one database. */
class GatesTest {
    private static final Gate DOORS = Gate.leadingInward("doors", "Doors", "Nobody comes in.");
    private static final Gate LETTERS = Gate.leadingOutward("letters", "Letters", "They wait.");
    private static final Gate PAYOUTS = Gate.leadingOutward("payouts", "Payouts", "They wait.");
    private static final Actor ADA = new Actor(Actor.Kind.OPERATOR, "ada");

    private final Floors floors = Floors.start(Map.of(), context -> {}, "audit", "gates");
    private final Gates here = node(Epoch.FIRST);
    private final Gates there = node(Epoch.FIRST);

    @AfterEach
    void close() {
        floors.close();
    }

    @Test
    void a_gate_that_is_closed_on_one_node_is_closed_there_at_once_and_on_the_other_within_the_age_of_an_answer() {
        assertThat(there.isOpen(DOORS)).isTrue();

        here.close(DOORS, "looking into duplicates", ADA);

        assertThat(here.isOpen(DOORS)).isFalse();
        assertThat(here.isOpen(LETTERS)).isTrue();
        await().atMost(Gatekeeper.ANSWER_AGE_MAX.multipliedBy(2)).until(() -> !there.isOpen(DOORS));

        there.open(DOORS, "mended", ADA);

        assertThat(there.isOpen(DOORS)).isTrue();
        await().atMost(Gatekeeper.ANSWER_AGE_MAX.multipliedBy(2)).until(() -> here.isOpen(DOORS));
    }

    @Test
    void callers_get_a_code_that_names_the_gate_and_never_the_reason() {
        here.close(DOORS, "Bob stole the key", ADA);

        assertThatThrownBy(() -> here.pass(DOORS)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(503);
            assertThat(refused.problem().code()).isEqualTo("doors_paused");
            assertThat(refused.problem().extra()).containsEntry("gate", "doors").containsKey("retryAfterSeconds");
            assertThat(refused.problem().detail()).doesNotContain("Bob");
        });
        here.pass(LETTERS);
    }

    @Test
    void every_change_is_audited_with_what_was_before_and_its_reason() {
        here.close(DOORS, "duplicates", ADA);
        here.open(DOORS, "mended", ADA);

        List<AuditEntry> entries = floors.bean(Audit.class)
                .entries(DOORS.subject(), null, 10)
                .items()
                .reversed();
        assertThat(entries)
                .extracting(AuditEntry::action, AuditEntry::before, AuditEntry::after, AuditEntry::reason)
                .map(tuple -> tuple.toList().toString().replace(" ", ""))
                .containsExactly(
                        "[gate.closed,{\"closed\":false},{\"closed\":true},duplicates]",
                        "[gate.opened,{\"closed\":true},{\"closed\":false},mended]");
    }

    @Test
    void of_many_who_close_one_gate_at_once_on_two_nodes_one_does_and_the_others_are_told() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<GateChange>> wishes = IntStream.range(0, 8)
                    .<Callable<GateChange>>mapToObj(
                            i -> () -> (i % 2 == 0 ? here : there).close(DOORS, "wish " + i, ADA))
                    .toList();
            List<GateChange> changes =
                    threads.invokeAll(wishes).stream().map(Future::resultNow).toList();

            assertThat(changes).filteredOn(GateChange.Closed.class::isInstance).hasSize(1);
            assertThat(changes)
                    .filteredOn(GateChange.AlreadyClosed.class::isInstance)
                    .hasSize(7);
        }
        assertThat(floors.bean(Audit.class).entries(DOORS.subject(), null, 10).items())
                .hasSize(1);
    }

    @Test
    void askers_who_never_stop_asking_do_not_see_an_open_gate_after_its_closing_was_answered() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                Future<?> asker = threads.submit(() -> {
                    while (here.isOpen(DOORS)) {
                        Thread.onSpinWait();
                    }
                });
                here.close(DOORS, "round", ADA);
                assertThat(here.isOpen(DOORS)).as("right after it was closed").isFalse();
                asker.get();
                here.open(DOORS, "round", ADA);
                assertThat(here.isOpen(DOORS)).as("right after it was opened").isTrue();
            }
        }
    }

    @Test
    void the_first_start_of_an_epoch_closes_what_leads_outward_and_no_later_one_does() {
        here.close(PAYOUTS, "closed long before", ADA);
        Epoch second = new Epoch(2, "backup of yesterday");

        Gates restored = node(second);

        assertThat(restored.isOpen(DOORS)).isTrue();
        assertThat(restored.closed())
                .extracting(
                        view -> view.gate().name(),
                        view -> Objects.requireNonNull(view.closure()).reason())
                .map(Object::toString)
                .containsExactly(
                        "(\"letters\", \"Restored from the backup of yesterday. What left since then must not leave"
                                + " twice.\")",
                        "(\"payouts\", \"closed long before\")");

        restored.open(LETTERS, "reconciled", ADA);
        Gates again = node(second);
        assertThat(again.isOpen(LETTERS)).isTrue();

        Gates restoredTwice = node(new Epoch(3, "backup of today"));
        assertThat(restoredTwice.isOpen(LETTERS)).isFalse();
    }

    @Test
    void while_the_database_is_away_nothing_passes() {
        assertThat(here.isOpen(DOORS)).isTrue();
        floors.sql().sql("ALTER TABLE gates.gate RENAME TO elsewhere").update();

        await().atMost(Gatekeeper.ANSWER_AGE_MAX.multipliedBy(3))
                .untilAsserted(
                        () -> assertThatThrownBy(() -> here.isOpen(DOORS)).hasMessageContaining("gates.gate"));
        floors.sql().sql("ALTER TABLE gates.elsewhere RENAME TO gate").update();
        await().atMost(Gatekeeper.ANSWER_AGE_MAX.multipliedBy(3))
                .ignoreExceptions()
                .until(() -> here.isOpen(DOORS));
    }

    private Gates node(Epoch epoch) {
        Gates node = new Gates(
                List.of(DOORS, LETTERS, PAYOUTS),
                floors.bean(GateStore.class),
                epoch,
                floors.bean(Audit.class),
                floors.transactions(),
                floors.clock());
        assertThat(node.isOpen(LETTERS)).as("before it has started").isFalse();
        node.afterSingletonsInstantiated();
        return node;
    }
}
