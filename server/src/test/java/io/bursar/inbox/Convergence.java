package io.bursar.inbox;

import io.bursar.Floors;
import io.bursar.errorlog.ErrorLog;
import io.bursar.inbox.Backfill.Listed;
import io.bursar.inbox.Backfill.Listing;
import io.bursar.inbox.NewEvent.Source;
import io.bursar.shared.Actor;
import io.bursar.shared.UuidV7;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Holds a handler to the rule that no order of events is trusted: whatever is shuffled, sent twice, applied twice, lost
 * and then found in the provider's list, by one node or two, it ends in the state that the events in order end in.
 *
 * @param <S> the state as it is compared: what the system knows, without when it came to know it
 */
public final class Convergence<S> {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String provider;
    private final String account;
    private final List<Listed> events;
    private final Function<Consumer<AnnotationConfigApplicationContext>, Floors> start;
    private final Function<Floors, S> state;

    /**
     * @param events in the order in which they happened
     * @param start a fresh world with exactly one handler, after its argument has put in the list of events
     */
    public Convergence(
            String provider,
            String account,
            List<Listed> events,
            Function<Consumer<AnnotationConfigApplicationContext>, Floors> start,
            Function<Floors, S> state) {
        this.provider = provider;
        this.account = account;
        this.events = List.copyOf(events);
        this.start = start;
        this.state = state;
    }

    /** The one state that all orders end in. Fails with the seed that shows another. */
    public S holds(long seed, int rounds) {
        S expected = end(new Plan(events, Disorder.NONE, new Random(seed)));
        for (int round = 0; round < rounds; round++) {
            for (Disorder disorder : Disorder.values()) {
                long own = seed + round;
                List<Listed> shuffled = new ArrayList<>(events);
                Collections.shuffle(shuffled, new Random(own));
                Assertions.assertThat(end(new Plan(shuffled, disorder, new Random(own))))
                        .as("%s with the seed %d", disorder, own)
                        .isEqualTo(expected);
            }
        }
        return expected;
    }

    private enum Disorder {
        NONE,
        DUPLICATES,
        LOSSES,
        TWO_NODES
    }

    private record Plan(List<Listed> order, Disorder disorder, Random random) {}

    private S end(Plan plan) {
        try (Floors floors = start.apply(this::listing);
                Nodes nodes = new Nodes(floors, plan.disorder() == Disorder.TWO_NODES)) {
            for (Listed event : plan.order()) {
                if (plan.disorder() != Disorder.LOSSES || plan.random().nextInt(3) > 0) {
                    UUID id = keep(floors, event);
                    if (plan.disorder() == Disorder.DUPLICATES) {
                        keep(floors, event);
                        nodes.work();
                        floors.bean(Inbox.class).replay(id, Actor.system("test"), "twice on purpose");
                    }
                }
                if (plan.random().nextBoolean()) {
                    nodes.work();
                }
            }
            if (plan.disorder() == Disorder.LOSSES) {
                floors.bean(BackfillEvents.class).run();
            }
            nodes.workToTheEnd();
            return state.apply(floors);
        }
    }

    private UUID keep(Floors floors, Listed event) {
        Instant now = floors.clock().instant();
        UUID id = UuidV7.at(now);
        floors.bean(Intake.class)
                .keep(new NewEvent(id, provider, account, event.name(), Source.SIGNED, "{}", event.body(), now));
        return id;
    }

    /** The provider's own list, which has lost nothing. */
    private void listing(AnnotationConfigApplicationContext context) {
        context.registerBean(Backfill.class, () -> new Backfill() {
            @Override
            public String provider() {
                return provider;
            }

            @Override
            public List<String> accounts() {
                return List.of(account);
            }

            @Override
            public Listing list(String account, Instant since, Instant until, @Nullable String cursor) {
                int from = cursor == null ? 0 : Integer.parseInt(cursor);
                int to = Math.min(from + 5, events.size());
                return new Listing(events.subList(from, to), to == events.size() ? null : Integer.toString(to));
            }
        });
    }

    /** One node or two on one database, which work when they are told. */
    private static final class Nodes implements AutoCloseable {
        private final Floors floors;
        private final List<Workbench> nodes = new ArrayList<>();

        private Nodes(Floors floors, boolean two) {
            this.floors = floors;
            nodes.add(floors.bean(Workbench.class));
            if (two) {
                EventHandler<?> handler = floors.bean(EventHandler.class);
                nodes.add(new Workbench(
                        floors.bean(WorkStore.class),
                        Map.of(handler.provider(), handler),
                        floors.transactions(),
                        floors.bean(ErrorLog.class),
                        floors.clock()));
            }
        }

        private void work() {
            List<Thread> threads = nodes.stream()
                    .map(node -> Thread.ofVirtual().start(() -> {
                        try {
                            node.applyDue(Duration.ofSeconds(5));
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                    }))
                    .toList();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> threads.stream().noneMatch(Thread::isAlive) && number("lease IS NOT NULL") == 0);
        }

        /** Lets time pass until nothing waits any more. */
        private void workToTheEnd() {
            for (work(); number("state = 'waiting'") > 0; work()) {
                Instant next = floors.sql()
                        .sql("SELECT min(next_attempt_at) FROM inbox.work WHERE state = 'waiting'")
                        .query((row, number) ->
                                row.getObject(1, OffsetDateTime.class).toInstant())
                        .single();
                Duration left = Duration.between(floors.clock().instant(), next);
                if (left.isPositive()) {
                    floors.clock().forward(left);
                }
            }
            Assertions.assertThat(number("state = 'parked'"))
                    .as("parked events")
                    .isZero();
        }

        private long number(String condition) {
            return floors.sql()
                    .sql("SELECT count(*) FROM inbox.work WHERE " + condition)
                    .query(Long.class)
                    .single();
        }

        @Override
        public void close() {
            nodes.subList(1, nodes.size()).forEach(Workbench::close);
        }
    }
}
