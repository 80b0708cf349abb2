package io.bursar.ledger;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One row of history. It never changes. */
public record Transfer(
        TransferId id,
        BookId book,
        Reference reference,
        int leg,
        int legs,
        Kind kind,
        Unit unit,
        long amount,
        Outcome.SideAfter debit,
        Outcome.SideAfter credit,
        @Nullable TransferId settles,
        LocalDate effectiveDate,
        Instant postedAt,
        String memo,
        String actor,
        String hash) {

    public enum Kind {
        MOVE,
        PEND,
        COMMIT,
        RELEASE;

        /** Whether rows of this kind change the posted balances of their accounts. */
        public boolean postsBalance() {
            return switch (this) {
                case MOVE, COMMIT -> true;
                case PEND, RELEASE -> false;
            };
        }
    }
}
