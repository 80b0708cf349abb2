package io.bursar.ledger;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One row of history. It never changes. A row is one part of one leg of its posting. {@code askedDate} is the effective
 * date that was asked for when its period was closed already; {@code expiresAt} is a pending row's.
 */
public record Transfer(
        TransferId id,
        BookId book,
        Reference reference,
        int leg,
        int part,
        int legs,
        Kind kind,
        Unit unit,
        long amount,
        Outcome.SideAfter debit,
        Outcome.SideAfter credit,
        @Nullable TransferId settles,
        LocalDate effectiveDate,
        @Nullable LocalDate askedDate,
        @Nullable Instant expiresAt,
        Instant postedAt,
        String memo,
        String actor,
        String hash) {

    /** What a row does. */
    public enum Kind {
        MOVE(Effect.POSTS),
        PEND(Effect.RESERVES),
        /** Posts what a pending row reserved. */
        COMMIT(Effect.POSTS_RESERVED),
        /** Lets go what a pending row reserved. */
        RELEASE(Effect.FREES),
        /** Lets go what a pending row reserved because its time has come. */
        EXPIRE(Effect.FREES),
        /** Gives back what an earlier row moved. */
        REVERSE(Effect.POSTS),
        /** A forced correction. */
        FORCE(Effect.POSTS),
        /** What came to an account goes on to what it owes. */
        REPAY(Effect.POSTS),
        /** What is left of a lot whose time has come. */
        LAPSE(Effect.POSTS);

        private final Effect effect;

        Kind(Effect effect) {
            this.effect = effect;
        }

        private enum Effect {
            POSTS,
            RESERVES,
            POSTS_RESERVED,
            FREES
        }

        /** Whether rows of this kind change the posted balances of their accounts. */
        public boolean postsBalance() {
            return effect == Effect.POSTS || effect == Effect.POSTS_RESERVED;
        }

        /** Whether a later row may give back what a row of this kind moved. */
        boolean isReversible() {
            return this == MOVE || this == COMMIT || this == FORCE;
        }

        /** Whether what a row lets go is free again for the account it debits. */
        boolean isFreeing() {
            return effect == Effect.FREES;
        }

        /** What a row does to the sums of the account it debits. */
        Sums onDebtor(long amount) {
            return switch (effect) {
                case POSTS -> new Sums(-amount, 0, 0);
                case RESERVES -> new Sums(0, amount, 0);
                case POSTS_RESERVED -> new Sums(-amount, -amount, 0);
                case FREES -> new Sums(0, -amount, 0);
            };
        }

        /** What a row does to the sums of the account it credits. */
        Sums onCreditor(long amount) {
            return switch (effect) {
                case POSTS -> new Sums(amount, 0, 0);
                case RESERVES -> new Sums(0, 0, amount);
                case POSTS_RESERVED -> new Sums(amount, 0, -amount);
                case FREES -> new Sums(0, 0, -amount);
            };
        }
    }
}
