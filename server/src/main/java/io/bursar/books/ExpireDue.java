package io.bursar.books;

import io.bursar.platform.Job;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Lets holds and lots go in time. Several nodes may run it at once. */
@Component
class ExpireDue implements Job {
    private static final int PIECE_MAX = 500;
    private static final int PIECES_MAX = 20;

    private final Books books;

    ExpireDue(Books books) {
        this.books = books;
    }

    @Override
    public String name() {
        return "expire-due";
    }

    @Override
    public String purpose() {
        return "Lets go holds and lots whose time has come.";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        int piece = 0;
        while (piece < PIECES_MAX && books.ledger().expireDue(PIECE_MAX) > 0) {
            piece++;
        }
    }
}
