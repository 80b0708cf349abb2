package io.bursar.ledger.proof;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far the rows of one account have been followed, and what they make of the account up to there. */
final class Chain {
    private static final int BEFORE_OPENING = -1;

    /** A row that came before a row it follows. */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they came; nobody compares these
    record Parked(long sequence, byte[] message) implements Comparable<Parked> {
        @Override
        public int compareTo(Parked other) {
            return Long.compare(sequence, other.sequence);
        }
    }

    final long high;
    final long low;
    final byte[] hash = new byte[Bytes.HASH_BYTES];
    long sequence = BEFORE_OPENING;
    long posted;
    long pendingDebits;
    long pendingCredits;
    long lastAt = Long.MIN_VALUE;
    /** False after a gap: then the next row's hash cannot be derived. */
    boolean hashKnown = true;

    boolean seen;
    Facts facts = Facts.NONE;

    @Nullable
    Chain parent;

    @Nullable
    Head sealed;

    private @Nullable Deque<byte[]> events;
    private @Nullable PriorityQueue<Parked> parked;

    Chain(long high, long low) {
        this.high = high;
        this.low = low;
    }

    UUID id() {
        return new UUID(high, low);
    }

    boolean isOpened() {
        return sequence > BEFORE_OPENING;
    }

    long available() {
        return posted - pendingDebits;
    }

    long expected() {
        return posted + pendingCredits;
    }

    /** What answers for the account: for a lot the account it is of. */
    Facts answerable() {
        return parent == null ? facts : parent.facts;
    }

    void change(long byPosted, long byPendingDebits, long byPendingCredits) {
        posted += byPosted;
        pendingDebits += byPendingDebits;
        pendingCredits += byPendingCredits;
        if (parent != null) {
            parent.change(byPosted, byPendingDebits, byPendingCredits);
        }
    }

    void end(Row row, int hashColumn, long at) {
        sequence++;
        System.arraycopy(row.message(), row.start(hashColumn), hash, 0, Bytes.HASH_BYTES);
        hashKnown = true;
        pass(at);
    }

    private void pass(long at) {
        lastAt = Math.max(lastAt, at);
        if (parent != null) {
            parent.pass(at);
        }
    }

    /** Takes the rows up to this sequence as missing. */
    void skipTo(long missingUpTo) {
        sequence = missingUpTo;
        hashKnown = false;
    }

    void later(byte[] event) {
        if (events == null) {
            events = new ArrayDeque<>();
        }
        events.add(event);
    }

    byte @Nullable [] nextEvent() {
        return events == null ? null : events.peek();
    }

    void removeEvent() {
        if (events != null) {
            events.remove();
        }
    }

    void park(Parked row) {
        if (parked == null) {
            parked = new PriorityQueue<>();
        }
        parked.add(row);
    }

    @Nullable
    Parked firstParked() {
        return parked == null ? null : parked.peek();
    }

    /** Takes the row out whose turn it is, if it is here. */
    @Nullable
    Parked due() {
        Parked first = firstParked();
        if (first == null || first.sequence() > sequence + 1) {
            return null;
        }
        return parked == null ? null : parked.poll();
    }

    boolean endsIn(byte[] other) {
        return Arrays.equals(hash, other);
    }
}
