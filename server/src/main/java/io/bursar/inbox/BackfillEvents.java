package io.bursar.inbox;

import io.bursar.errorlog.ErrorLog;
import io.bursar.inbox.Backfill.Listed;
import io.bursar.inbox.Backfill.Listing;
import io.bursar.inbox.BackfillStore.Progress;
import io.bursar.inbox.BackfillStore.Walk;
import io.bursar.inbox.NewEvent.Source;
import io.bursar.platform.Job;
import io.bursar.platform.WorldFailedException;
import io.bursar.shared.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Reads the providers' own lists for events that never came. Each run reads on where the last one ended. */
@Component
class BackfillEvents implements Job {
    /** How far back the first walk goes: as long as providers go on sending what was not acknowledged. */
    static final Duration FIRST_REACH = Duration.ofDays(3);

    /** Lists lag behind what happens. */
    static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final int PAGES_A_RUN_MAX = 20;

    private final List<Backfill> backfills;
    private final BackfillStore store;
    private final Intake intake;
    private final ErrorLog errors;
    private final Clock clock;

    BackfillEvents(
            ObjectProvider<Backfill> backfills, BackfillStore store, Intake intake, ErrorLog errors, Clock clock) {
        this.backfills = backfills.stream().toList();
        this.store = store;
        this.intake = intake;
        this.errors = errors;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "backfill-events";
    }

    @Override
    public String purpose() {
        return "Asks providers for events that never came.";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(10);
    }

    /** A provider's list is read at the provider's pace. */
    @Override
    public Duration durationMax() {
        return Duration.ofHours(1);
    }

    /** One account whose provider does not answer does not keep the others waiting. */
    @Override
    public void run() {
        for (Backfill backfill : backfills) {
            for (String account : backfill.accounts()) {
                try {
                    read(backfill, account);
                } catch (WorldFailedException failed) {
                    errors.record(failed.code(), String.valueOf(failed.getMessage()), "webhook/" + backfill.provider());
                    if (!failed.retryable()) {
                        beginAnew(backfill.provider(), account);
                    }
                }
            }
        }
    }

    private void read(Backfill backfill, String account) {
        Instant now = clock.instant();
        Optional<Progress> known = store.find(backfill.provider(), account);
        Instant readUntil = known.map(Progress::readUntil).orElse(now.minus(FIRST_REACH));
        Walk walk = Objects.requireNonNullElseGet(
                known.map(Progress::walk).orElse(null), () -> new Walk(readUntil.minus(OVERLAP), now, null));
        for (int page = 0; page < PAGES_A_RUN_MAX; page++) {
            Listing listing = backfill.list(account, walk.from(), walk.until(), walk.cursor());
            List<Receipt> receipts = intake.keep(listing.events().stream()
                    .filter(event -> usable(backfill, event))
                    .map(event -> event(backfill.provider(), account, event))
                    .toList());
            if (receipts.stream().anyMatch(Receipt.Busy.class::isInstance)) {
                return;
            }
            long found =
                    receipts.stream().filter(Receipt.Kept.class::isInstance).count();
            if (listing.next() == null) {
                store.save(backfill.provider(), account, walk.until(), null, found, clock.instant());
                return;
            }
            walk = new Walk(walk.from(), walk.until(), listing.next());
            store.save(backfill.provider(), account, readUntil, walk, found, clock.instant());
        }
    }

    private void beginAnew(String provider, String account) {
        store.find(provider, account)
                .ifPresent(known -> store.save(provider, account, known.readUntil(), null, 0, clock.instant()));
    }

    private boolean usable(Backfill backfill, Listed event) {
        boolean usable = event.name().named() && event.body().length <= Bodies.EVENT_BYTES_MAX;
        if (!usable) {
            errors.record(
                    "webhook_unreadable",
                    "A listed event has no usable name or is too large.",
                    "webhook/" + backfill.provider());
        }
        return usable;
    }

    private NewEvent event(String provider, String account, Listed listed) {
        Instant now = clock.instant();
        return new NewEvent(UuidV7.at(now), provider, account, listed.name(), Source.LISTED, "{}", listed.body(), now);
    }
}
