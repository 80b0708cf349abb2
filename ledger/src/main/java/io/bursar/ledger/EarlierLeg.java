package io.bursar.ledger;

import io.bursar.ledger.TransferRow.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A leg that was posted and that later legs can settle: a pending leg by capture, release or expiry, any other by
 * reversal. It has a part for each of its rows, and settling goes through them in order, reversal in the opposite
 * one, so that what was spent first comes back last.
 */
record EarlierLeg(Transfer.Kind kind, @Nullable Instant expiresAt, List<Part> parts) {

    /** One row of the leg, how much of it is left to settle, and how many rows have settled some of it. */
    record Part(UUID transfer, AccountKey debit, AccountKey credit, long amount, long remaining, int settlements) {

        Part after(@Nullable Settlement last) {
            return last == null ? this : new Part(transfer, debit, credit, amount, last.remaining(), last.ordinal());
        }

        /** The settlement of some of this part. */
        Settlement settle(long taken) {
            return new Settlement(transfer, settlements + 1, remaining - taken);
        }
    }

    /** Some of one part. */
    record Share(Part part, long amount) {}

    EarlierLeg {
        parts = List.copyOf(parts);
    }

    boolean isPending() {
        return kind == Transfer.Kind.PEND;
    }

    boolean isReversible() {
        return kind.isReversible();
    }

    long amount() {
        return parts.stream().mapToLong(Part::amount).sum();
    }

    long remaining() {
        return parts.stream().mapToLong(Part::remaining).sum();
    }

    /** Which parts an amount settles; there has to be as much left. */
    List<Share> shares(long amount) {
        return shares(isPending() ? parts : parts.reversed(), amount);
    }

    private static List<Share> shares(List<Part> order, long amount) {
        List<Share> shares = new ArrayList<>();
        long left = amount;
        for (Part part : order) {
            long taken = Math.min(left, part.remaining());
            if (taken > 0) {
                shares.add(new Share(part, taken));
                left -= taken;
            }
        }
        Check.invariant(left == 0, left + " of " + amount + " not left to settle");
        return shares;
    }

    EarlierLeg after(Settlement settlement) {
        return new EarlierLeg(
                kind,
                expiresAt,
                parts.stream()
                        .map(part -> part.transfer().equals(settlement.settles()) ? part.after(settlement) : part)
                        .toList());
    }

    EarlierLeg with(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new EarlierLeg(kind, expiresAt, more);
    }
}
