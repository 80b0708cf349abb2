package io.bursar.fx;

import io.bursar.platform.Gate;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.Job;
import java.time.Duration;
import org.springframework.stereotype.Component;

@Component
class FetchRates implements Job {
    static final Gate GATE = Gate.leadingInward(
            "exchange-rates",
            "Exchange rates",
            "Rates are not read. Those there are serve until they are stale; then new payment requests are refused.");

    private final RateUpdates updates;
    private final Gatekeeper gates;

    FetchRates(RateUpdates updates, Gatekeeper gates) {
        this.gates = gates;
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
        if (gates.isOpen(GATE)) {
            updates.fetch();
        }
    }
}
