package io.bursar.platform;

import java.time.Duration;
import java.util.Map;

/** Whether a flow may begin new work; the module {@code gates} implements it. Asked outside of transactions. */
public interface Gatekeeper {
    /** No answer is older, so what an operator says holds on every node within this. */
    Duration ANSWER_AGE_MAX = Duration.ofSeconds(1);

    int RETRY_SECONDS = 60;

    boolean isOpen(Gate gate);

    /**
     * For the web edge: ends the request while the gate is closed. Why it is closed is for operators alone.
     *
     * @throws ProblemException 503 with the gate's code
     */
    default void pass(Gate gate) {
        if (!isOpen(gate)) {
            throw new Problem(
                            503,
                            gate.code(),
                            gate.label() + ": paused for now. Nothing that came before is lost. Try again later.",
                            Map.of("gate", gate.name(), "retryAfterSeconds", RETRY_SECONDS))
                    .asException();
        }
    }
}
