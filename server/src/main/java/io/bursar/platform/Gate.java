package io.bursar.platform;

import io.bursar.shared.Check;
import java.util.regex.Pattern;

/**
 * A flow that operators can pause and resume. Its module publishes it as a bean and asks the {@link Gatekeeper} before
 * every piece of new work; what has begun is finished, what is queued stays queued.
 *
 * @param name stable, in kebab case: {@code payment-requests}
 * @param label as pages call it: {@code Payment requests}
 * @param closed one sentence: what does not happen while it is closed, and where that waits
 * @param outward whether what passes leaves Bursar and cannot be called back; a restore closes these
 */
public record Gate(String name, String label, String closed, boolean outward) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{1,60}");

    public Gate {
        Check.argument(NAME.matcher(name).matches(), "gate: %s (expected: kebab case)", name);
    }

    public static Gate leadingInward(String name, String label, String closed) {
        return new Gate(name, label, closed, false);
    }

    public static Gate leadingOutward(String name, String label, String closed) {
        return new Gate(name, label, closed, true);
    }

    /** The code of the problem that callers get: {@code payment_requests_paused}. */
    public String code() {
        return name.replace('-', '_') + "_paused";
    }

    /** Kind and id, as the audit log names it. */
    public String subject() {
        return "gate/" + name;
    }
}
