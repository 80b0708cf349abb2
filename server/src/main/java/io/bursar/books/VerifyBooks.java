package io.bursar.books;

import io.bursar.platform.Job;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Verifies every book once a day. */
@Component
class VerifyBooks implements Job {
    private final BookProofs proofs;

    VerifyBooks(BookProofs proofs) {
        this.proofs = proofs;
    }

    @Override
    public String name() {
        return "verify-books";
    }

    @Override
    public String purpose() {
        return "Derives every book again from its rows, and holds it against its newest seal.";
    }

    @Override
    public Duration interval() {
        return Duration.ofDays(1);
    }

    /** Many millions of transfers take their time. */
    @Override
    public Duration durationMax() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        proofs.verifyAll();
    }
}
