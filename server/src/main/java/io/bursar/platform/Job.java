package io.bursar.platform;

import java.time.Duration;

/**
 * Recurring work. Every bean of this type is run by the {@code jobs} module, on one node at a time as a rule, though
 * each must be safe when run twice at once. A run does a bounded amount of work and returns.
 */
public interface Job {
    /** Stable name in kebab case, as operators see it: {@code watch-chains}. */
    String name();

    /** One sentence for the jobs page: what it does. */
    String purpose();

    /** Time from the end of one run to the start of the next. */
    Duration interval();

    /** A run that takes longer is shown as hanging. */
    default Duration durationMax() {
        return Duration.ofMinutes(10);
    }

    void run();
}
