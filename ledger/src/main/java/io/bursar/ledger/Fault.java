package io.bursar.ledger;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What a failure of the database means for whoever was posting. */
enum Fault {
    /** Others were in the way: a deadlock, a lock held too long, a row that another node wrote first. Try again. */
    CONTENTION,
    /** The pool of connections gave none in the time it waits. Its owner has set that time, so nobody waits longer. */
    NO_CONNECTION_FREE,
    /** The connection is gone. Before COMMIT nothing was posted; at COMMIT nobody knows yet. */
    CONNECTION_LOST,
    /** The database refused what we should never have sent. */
    OUR_BUG;

    static Fault of(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "40001", "40P01", "55P03", "57014" -> CONTENTION;
            // The unique indexes under references and settlements: another node was first, and is visible now.
            case "23505" -> CONTENTION;
            // Shutting down, crashed, starting up, out of connections, disk full, out of memory.
            case "57P01", "57P02", "57P03", "57P05", "53300", "53100", "53200" -> CONNECTION_LOST;
            case "" -> unstated(failure);
            default -> state.startsWith("08") || isTransient(failure) ? CONNECTION_LOST : OUR_BUG;
        };
    }

    /** A pool that waited for its own connections has no failure of the database to show for it. */
    private static Fault unstated(SQLException failure) {
        if (!isTransient(failure)) {
            return OUR_BUG;
        }
        return failure.getCause() == null ? NO_CONNECTION_FREE : CONNECTION_LOST;
    }

    private static boolean isTransient(SQLException failure) {
        return failure instanceof SQLTransientConnectionException;
    }

    /** Whether a lock was not to be had in the time that there was. */
    static boolean isHeldLock(SQLException failure) {
        return "55P03".equals(failure.getSQLState());
    }
}
