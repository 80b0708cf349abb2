package io.bursar.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a leg asks for, with everything it names looked up and found to exist. */
sealed interface Step {
    int leg();

    /** Moves or reserves an amount; {@code terms} are those of a granted lot. */
    record Movement(
            int leg,
            Transfer.Kind kind,
            AccountKey debit,
            AccountKey credit,
            long amount,
            @Nullable LotTerms terms,
            @Nullable Instant expiresAt)
            implements Step {}

    /** Captures, releases or expires an amount of a pending leg. */
    record Settling(int leg, Transfer.Kind kind, LegKey pending, long amount) implements Step {}

    record Reversal(int leg, LegKey original, long amount, boolean forced) implements Step {}

    record Lapsing(int leg, AccountKey lot) implements Step {}
}
