package io.bursar.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

/**
 * Posts inside somebody else's transaction. A savepoint keeps that transaction alive when another node wrote the same
 * reference first: the posting is then judged again and answered as what it is, a duplicate or a conflict.
 */
final class JoinedPosting {
    private static final String UNIQUE_VIOLATION = "23505";

    private final PostingTransaction transaction;

    JoinedPosting(PostingTransaction transaction) {
        this.transaction = transaction;
    }

    Outcome post(Connection connection, Submission submission) {
        try {
            boolean open = !connection.getAutoCommit();
            Check.argument(open, "connection", "in auto-commit", "in the caller's transaction");
            return guarded(connection, submission);
        } catch (SQLException failure) {
            throw Sql.failed("nothing was posted, roll the transaction back", failure);
        }
    }

    private Outcome guarded(Connection connection, Submission submission) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            return transaction.post(connection, List.of(submission)).getFirst();
        } catch (SQLException failure) {
            if (!UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                throw failure;
            }
            connection.rollback(savepoint);
            return transaction.post(connection, List.of(submission)).getFirst();
        }
    }
}
