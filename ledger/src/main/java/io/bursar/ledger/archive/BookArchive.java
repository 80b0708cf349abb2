package io.bursar.ledger.archive;

import io.bursar.ledger.BookId;
import io.bursar.ledger.proof.Seal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Books as files. An archive is UTF-8 text that holds all rows of one book and nothing else, neither of this database
 * nor of this day: the same book gives the same bytes, wherever it is. The README has the format.
 */
public final class BookArchive {
    private final DataSource dataSource;

    public BookArchive(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Verifies a book and writes it, both in one view of the database, while others post. Rows are streamed. The
     * stream is flushed and left open; when this throws, what was written so far is no archive.
     *
     * @throws UncheckedIOException when the stream takes no more
     */
    public ExportOutcome exportBook(BookId book, OutputStream out) {
        return inTransaction("the book could not be read", connection -> {
            ArchiveStore store = new ArchiveStore(connection);
            store.beginReading();
            return new ArchiveWriter(store, connection, out).write(book);
        });
    }

    /** Imports an archive without holding it against a seal. */
    public ImportOutcome importBook(InputStream in) {
        return importBook(in, null);
    }

    /**
     * Reads a book into a database that does not have it: everything in one transaction, which is committed only when
     * the archive was read to its end and the book was verified, and held against the seal if there is one. The seal
     * has to be checked to be genuine before. Rows are streamed. It takes the privileges that posting takes.
     *
     * @throws ArchiveUnavailableException when the database was away; if that was at COMMIT the book may be there,
     *     which importing it again tells
     * @throws UncheckedIOException when the stream cannot be read
     */
    public ImportOutcome importBook(InputStream in, @Nullable Seal seal) {
        return inTransaction("the book could not be imported", connection -> {
            ArchiveStore store = new ArchiveStore(connection);
            store.beginWriting();
            ImportOutcome outcome = new ArchiveReader(store, connection, in, seal).read();
            if (outcome instanceof ImportOutcome.Imported) {
                connection.commit();
            }
            return outcome;
        });
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException, IOException;
    }

    /** What was not committed when the work is done is rolled back. */
    private <T> T inTransaction(String message, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            try {
                return work.on(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new ArchiveUnavailableException(message + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(message + ": " + e.getMessage(), e);
        }
    }
}
