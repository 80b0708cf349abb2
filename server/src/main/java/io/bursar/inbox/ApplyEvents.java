package io.bursar.inbox;

import io.bursar.platform.Job;
import java.time.Duration;
import org.springframework.stereotype.Component;

@Component
class ApplyEvents implements Job {
    /** A run ends then and another node may make the next. */
    private static final Duration RUN_MAX = Duration.ofSeconds(5);

    private final Workbench workbench;

    ApplyEvents(Workbench workbench) {
        this.workbench = workbench;
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
            workbench.applyDue(RUN_MAX);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
