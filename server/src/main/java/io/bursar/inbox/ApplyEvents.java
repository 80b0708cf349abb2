package io.bursar.inbox;

import io.bursar.platform.Gate;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.Job;
import java.time.Duration;
import org.springframework.stereotype.Component;

@Component
class ApplyEvents implements Job {
    static final Gate GATE = Gate.leadingInward(
            "events-in", "Events in", "Providers' events are acknowledged and kept as ever; none is applied.");

    /** A run ends then and another node may make the next. */
    private static final Duration RUN_MAX = Duration.ofSeconds(5);

    private final Workbench workbench;
    private final Gatekeeper gates;

    ApplyEvents(Workbench workbench, Gatekeeper gates) {
        this.workbench = workbench;
        this.gates = gates;
    }

    @Override
    public String name() {
        return "apply-events";
    }

    @Override
    public String purpose() {
        return "Applies what providers have told, one event about a subject at a time.";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        try {
            workbench.applyDue(RUN_MAX, () -> gates.isOpen(GATE));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
