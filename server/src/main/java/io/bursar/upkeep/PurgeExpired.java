package io.bursar.upkeep;

import io.bursar.platform.Job;
import io.bursar.platform.WorldFailedException;
import io.bursar.shared.UuidV7;
import io.bursar.upkeep.PurgeStore.Begun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/** Purges daily, and as often as an operator asks for it. */
@Component
class PurgeExpired implements Job, ApplicationListener<ContextClosedEvent> {
    static final String NAME = "purge-expired";

    private final Purge purge;
    private final PurgeStore store;
    private final PurgeSettings settings;
    private final Clock clock;

    PurgeExpired(Purge purge, PurgeStore store, PurgeSettings settings, Clock clock) {
        this.purge = purge;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "Deletes what is kept for a time only, a small batch at a time. The Retention page lists it.";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(24);
    }

    @Override
    public Duration durationMax() {
        return settings.budget().multipliedBy(2).plusMinutes(10);
    }

    /** What is asked for while it runs is done next. */
    @Override
    public void run() {
        Instant now = clock.instant();
        store.endLost(now);
        store.request(UuidV7.at(now), null, settings.batchRows(), now);
        PurgeOutcome worst = PurgeOutcome.FINISHED;
        for (Optional<Begun> next = store.begin(now); next.isPresent(); next = store.begin(clock.instant())) {
            PurgeOutcome outcome = purge.run(next.get());
            if (outcome == PurgeOutcome.STOPPED) {
                return;
            }
            worst = outcome == PurgeOutcome.HINDERED ? outcome : worst;
        }
        if (worst == PurgeOutcome.HINDERED) {
            throw new WorldFailedException(
                    "purge_hindered", true, "Some old rows could not be deleted; the Retention page says which.", null);
        }
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent closing) {
        purge.stop();
    }
}
