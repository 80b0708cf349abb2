package io.bursar.identity;

import io.bursar.audit.Audit;
import io.bursar.platform.Problem;
import io.bursar.shared.Actor;
import io.bursar.shared.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Clients that operators turned away for a time, whatever they ask for. A node remembers them for a second, so that a
 * request costs no question; the node where somebody is refused knows at once.
 */
@Component
public class Refusals {
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int SHOWN_LENGTH = 16;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final RefusalStore store;
    private final RateLimitStore counters;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Remembered remembered;

    private record Remembered(Map<String, Instant> refused, long nanos) {
        boolean isFresh() {
            return System.nanoTime() - nanos < REMEMBERED.toNanos();
        }
    }

    Refusals(RefusalStore store, RateLimitStore counters, Audit audit, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.counters = counters;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** How long somebody may be refused. */
    public enum Length {
        HOUR("1 hour", Duration.ofHours(1)),
        DAY("24 hours", Duration.ofHours(24)),
        WEEK("7 days", Duration.ofDays(7));

        private final String words;
        private final Duration duration;

        Length(String words, Duration duration) {
            this.words = words;
            this.duration = duration;
        }

        public String words() {
            return words;
        }
    }

    /** Empty when nobody was counted under that digest lately. */
    public Optional<Refusal> refuse(String client, Length length, Principal.Operator by, String reason) {
        Optional<RateLimitStore.Client> known =
                DIGEST.matcher(client).matches() ? counters.client(client) : Optional.empty();
        Optional<Refusal> refused = known.map(found -> transaction.execute(_ -> {
            Instant now = clock.instant();
            Instant until = now.plus(length.duration);
            Refusal refusal = new Refusal(UuidV7.at(now), client, null, by.operatorId(), now, until);
            store.insert(refusal, found.credentialId());
            record(by.actor(), "client.refused", client, Map.of("until", until.toString()), reason);
            return refusal;
        }));
        remembered = null;
        return refused;
    }

    /** False when it was over already. */
    public boolean end(UUID id, Principal.Operator by) {
        boolean ended = Boolean.TRUE.equals(transaction.execute(_ -> {
            Optional<Refusal> refusal =
                    living().stream().filter(each -> each.id().equals(id)).findFirst();
            boolean lives = refusal.isPresent() && store.end(id, clock.instant());
            if (lives) {
                record(by.actor(), "client.let_in_again", refusal.get().client(), Map.of(), null);
            }
            return lives;
        }));
        remembered = null;
        return ended;
    }

    public List<Refusal> living() {
        return store.living(clock.instant());
    }

    /** @throws io.bursar.platform.ProblemException 403 {@code client_refused} */
    void check(Supplier<byte[]> client) {
        Map<String, Instant> refused = refused();
        if (refused.isEmpty()) {
            return;
        }
        Instant until = refused.get(HexFormat.of().formatHex(client.get()));
        Instant now = clock.instant();
        if (until != null && until.isAfter(now)) {
            int seconds = (int) Duration.between(now, until).toSeconds() + 1;
            throw new Problem(
                            403,
                            "client_refused",
                            "You were turned away until %s. Ask whoever runs this server.".formatted(until),
                            Map.of("retryAfterSeconds", seconds))
                    .asException();
        }
    }

    /** One asks when a second is over; the others go by what was known. */
    private Map<String, Instant> refused() {
        Remembered known = remembered;
        if (known != null && (known.isFresh() || !asking.tryLock())) {
            return known.refused();
        }
        if (known == null) {
            asking.lock();
        }
        try {
            Remembered fresh = new Remembered(store.refusedAt(clock.instant()), System.nanoTime());
            remembered = fresh;
            return fresh.refused();
        } finally {
            asking.unlock();
        }
    }

    /** The beginning of the digest tells clients apart, and is short enough to be read. */
    private static String subject(String client) {
        return "client/" + client.substring(0, SHOWN_LENGTH);
    }

    private void record(Actor by, String action, String client, Map<String, ?> after, @Nullable String reason) {
        audit.record(by, action, subject(client), Map.of(), after, reason);
    }
}
