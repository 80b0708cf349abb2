package io.bursar.stablecoin;

/** What one Transfer to a request's address is worth to it. */
sealed interface Judgement {
    Finding finding();

    /** The chain moved money that the ledger takes. */
    record Bookable(Allocation allocation) implements Judgement {
        @Override
        public Finding finding() {
            return allocation.finding();
        }
    }

    /** Recorded and shown, never posted. */
    record Unbookable(Finding finding) implements Judgement {}
}
