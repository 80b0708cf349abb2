package io.bursar.ledger;

import io.bursar.ledger.TransferRow.Settlement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pending leg, how much of it is still reserved, and how many rows have settled a part of it. */
record Hold(UUID transfer, AccountPath debit, AccountPath credit, long amount, long remaining, int settlements) {

    /** As its last settlement left it. */
    Hold after(@Nullable Settlement last) {
        return last == null ? this : new Hold(transfer, debit, credit, amount, last.remaining(), last.ordinal());
    }

    Hold settledWhole() {
        return new Hold(transfer, debit, credit, amount, 0, settlements + 1);
    }
}
