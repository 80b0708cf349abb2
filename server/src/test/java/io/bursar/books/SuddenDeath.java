package io.bursar.books;

import io.bursar.Floors;
import java.util.UUID;

/** Plays a process that dies on the way of a posting, and what becomes of it afterwards. */
public final class SuddenDeath {
    private final Floors floors;

    public SuddenDeath(Floors floors) {
        this.floors = floors;
    }

    /** Dies right after the ledger has answered, before anybody heard of it. */
    public void afterSubmitting(UUID intent) {
        var decided = floors.bean(PostingIntentStore.class).lease(intent).orElseThrow();
        floors.bean(Books.class).ledger().submit(decided.posting());
    }

    /** The sweeper comes, as if the time that whoever decided, or died settling, has for himself were over. */
    public void sweep() {
        floors.sql()
                .sql("UPDATE books.posting_intent SET not_before = clock_timestamp(), leased_until = NULL")
                .update();
        floors.bean(PostingSweeper.class).run();
    }
}
