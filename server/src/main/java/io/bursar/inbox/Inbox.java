package io.bursar.inbox;

import io.bursar.audit.Audit;
import io.bursar.shared.Actor;
import io.bursar.shared.Check;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What providers told, which is applied again at an operator's wish. Coming in needs no call: a {@link Provider} says
 * what is genuine, an {@link EventHandler} what follows, a {@link Backfill} what was missed.
 */
@Component
public class Inbox {
    /** Of many that match, so many are replayed at a time. */
    public static final int REPLAYED_AT_ONCE_MAX = 1_000;

    private final EventListStore store;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Inbox(EventListStore store, Audit audit, TransactionTemplate transactions, Clock clock) {
        this.store = store;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Begins a new round of attempts for an event, at once and whatever became of it before.
     *
     * @return false when there is no such event, or it is being applied at this moment
     */
    public boolean replay(UUID eventId, Actor by, String reason) {
        return Objects.requireNonNull(transactions.execute(status -> {
            boolean begun = store.replay(eventId, clock.instant());
            if (begun) {
                audit.record(by, "event.replayed", "inbox-event/" + eventId, Map.of(), Map.of(), reason);
            }
            return begun;
        }));
    }

    /**
     * The same for the oldest events that match and do not wait anyway, at most {@link #REPLAYED_AT_ONCE_MAX}.
     *
     * @param filter with a state, so that not everything is replayed by an oversight
     * @return how many
     */
    public int replay(EventFilter filter, Actor by, String reason) {
        Check.argument(filter.state() != null, "filter: %s (expected: one with a state)", filter);
        return Objects.requireNonNull(transactions.execute(status -> {
            int begun = store.replay(filter, clock.instant(), REPLAYED_AT_ONCE_MAX);
            if (begun > 0) {
                Map<String, Object> what = described(filter);
                what.put("events", begun);
                audit.record(by, "events.replayed", "inbox", Map.of(), what, reason);
            }
            return begun;
        }));
    }

    private static Map<String, Object> described(EventFilter filter) {
        Map<String, Object> what = new TreeMap<>();
        put(what, "provider", filter.provider());
        put(what, "account", filter.account());
        put(what, "state", filter.state());
        put(what, "kind", filter.kind());
        put(what, "about", filter.subject());
        return what;
    }

    private static void put(Map<String, Object> what, String name, @Nullable String value) {
        if (value != null) {
            what.put(name, value);
        }
    }
}
