package io.bursar.fx;

import io.bursar.platform.Job;
import java.time.Duration;
import org.springframework.stereotype.Component;

@Component
class FetchRates implements Job {
    private final RateUpdates updates;

    FetchRates(RateUpdates updates) {
        this.updates = updates;
    }

    @Override
    public String name() {
        return "fetch-rates";
    }

    @Override
    public String purpose() {
        return "Reads exchange rates from their source and keeps the good ones.";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(60);
    }

    /** A source that is down is an answer this module keeps and shows, not a failure of the job. */
    @Override
    public void run() {
        updates.fetch();
    }
}
