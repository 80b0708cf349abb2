package io.bursar.books;

import io.bursar.platform.Job;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Seals every book once an hour. */
@Component
class SealBooks implements Job {
    private final BookProofs proofs;

    SealBooks(BookProofs proofs) {
        this.proofs = proofs;
    }

    @Override
    public String name() {
        return "seal-books";
    }

    @Override
    public String purpose() {
        return "Signs what every book is now and writes it out as a manifest, where manifests are set up.";
    }

    @Override
    public Duration interval() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        proofs.sealAll();
    }
}
