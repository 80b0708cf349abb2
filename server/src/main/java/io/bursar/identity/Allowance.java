package io.bursar.identity;

/**
 * What one client may still do on this node within the minute. The count that all nodes share is taken from in portions
 * of a thousandth of the limit, so that a busy key does not wait for the database at every call; and refusals are
 * written when they have doubled, so that whoever keeps knocking costs next to nothing.
 */
final class Allowance {
    private static final int PORTIONS = 1_000;

    /** Adds to the count of all nodes and answers what it then is. */
    interface Count {
        int add(int taken);
    }

    private int granted;
    private int taken;
    private int refusalsWritten;
    private int refusals;

    /** Takes one. Answers how much of the limit is used with it, which is more than all of it when it is refused. */
    synchronized int take(int limit, Count count) {
        if (granted > 0) {
            granted--;
            return Math.min(taken, limit) - granted;
        }
        if (taken > limit) {
            return refuse(count);
        }
        int portion = Math.max(1, limit / PORTIONS);
        taken = count.add(portion);
        int allowed = portion - Math.max(0, taken - limit);
        if (allowed <= 0) {
            refusalsWritten = 1;
            return taken;
        }
        granted = allowed - 1;
        return Math.min(taken, limit) - granted;
    }

    private int refuse(Count count) {
        refusals++;
        if (refusals >= refusalsWritten) {
            taken = count.add(refusals);
            refusalsWritten += refusals;
            refusals = 0;
        }
        return taken;
    }
}
