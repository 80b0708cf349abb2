package io.bursar.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The deliveries of one endpoint on this node: those that were leased and wait, and how many are under way. An endpoint
 * begins with one at a time; every success doubles what it may have under way, every failure halves it. So one that
 * hangs holds up little before it is known, and one that answers soon gets as much as it takes.
 */
final class Line {
    static final int WIDTH_MAX = 32;
    /** So many are leased at once for an endpoint that has shown that it takes them, and so many for any other. */
    static final int LEASED_MAX = 64;

    static final int LEASED_UNPROVEN_MAX = 8;

    private final ArrayDeque<Claimed> waiting = new ArrayDeque<>();
    private int underWay;
    private int width = 1;
    private boolean more;

    /** Returns how many threads have to begin to carry what is here. */
    synchronized int add(Collection<Claimed> claimed, boolean perhapsMore) {
        waiting.addAll(claimed);
        more |= perhapsMore;
        int begin = begin();
        underWay += begin;
        return begin;
    }

    /** The next for a thread that carries; empty when it has to end. What was leased too long ago is not tried. */
    synchronized Optional<Claimed> next(long nanoTime) {
        boolean wanted =
                underWay <= width && !waiting.isEmpty() && waiting.element().isFresh(nanoTime);
        if (!wanted) {
            underWay--;
            return Optional.empty();
        }
        return Optional.of(waiting.remove());
    }

    /** Returns how many threads more have to begin. */
    synchronized int succeeded() {
        width = Math.min(2 * width, WIDTH_MAX);
        int begin = begin();
        underWay += begin;
        return begin;
    }

    /** Returns what is not to be tried now: everything that waits, once failures have brought it down to one. */
    synchronized List<Claimed> failed() {
        boolean last = width == 1;
        width = Math.max(1, width / 2);
        return last ? leave() : List.of();
    }

    /** Takes out what waits when it has waited for too long. */
    synchronized List<Claimed> leaveStale(long nanoTime) {
        return waiting.isEmpty() || waiting.element().isFresh(nanoTime) ? List.of() : leave();
    }

    /** Takes out all that waits. */
    synchronized List<Claimed> leave() {
        List<Claimed> left = new ArrayList<>(waiting);
        waiting.clear();
        return left;
    }

    /** The same, and what a thread has that carries and now ends. */
    synchronized List<Claimed> halt(Claimed taken) {
        underWay--;
        List<Claimed> left = leave();
        left.add(taken);
        return left;
    }

    /** Whether it has enough for now; then it remembers that there may be more. */
    synchronized boolean isServed(boolean perhapsMore) {
        boolean served = !isLow();
        more |= served && perhapsMore;
        return served;
    }

    /** Whether it is time to lease more of what may be there. True once. */
    synchronized boolean wantsMore() {
        boolean wants = more && isLow();
        more &= !wants;
        return wants;
    }

    synchronized boolean isProven() {
        return width == WIDTH_MAX;
    }

    synchronized boolean isIdle() {
        return underWay == 0 && waiting.isEmpty();
    }

    private boolean isLow() {
        return waiting.size() <= (isProven() ? LEASED_MAX : LEASED_UNPROVEN_MAX) / 2;
    }

    private int begin() {
        return Math.max(0, Math.min(width - underWay, waiting.size()));
    }
}
