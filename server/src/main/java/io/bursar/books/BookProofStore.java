package io.bursar.books;

import io.bursar.ledger.BookId;
import io.bursar.platform.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What verifying and sealing came to, a row for each book. */
@Component
class BookProofStore {
    private final JdbcClient jdbc;

    BookProofStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void verified(BookProof proof) {
        jdbc.sql("""
                INSERT INTO books.book_proof (book, verified_at, transfers, finding, further, against)
                VALUES (:book, :at, :transfers, :finding, :further, :against)
                ON CONFLICT (book) DO UPDATE SET
                  verified_at = excluded.verified_at, transfers = excluded.transfers, finding = excluded.finding,
                  further = excluded.further, against = excluded.against
                """)
                .param("book", proof.book().value())
                .param("at", Sql.timeOrNull(proof.verifiedAt()))
                .param("transfers", proof.transfers())
                .param("finding", proof.finding())
                .param("further", proof.further())
                .param("against", Sql.timeOrNull(proof.against()))
                .update();
    }

    void sealed(BookId book, Instant at) {
        jdbc.sql("""
                INSERT INTO books.book_proof (book, sealed_at) VALUES (:book, :at)
                ON CONFLICT (book) DO UPDATE SET sealed_at = excluded.sealed_at
                """).param("book", book.value()).param("at", Sql.time(at)).update();
    }

    Optional<BookProof> find(BookId book) {
        return jdbc.sql("""
                SELECT book, verified_at, transfers, finding, further, against, sealed_at FROM books.book_proof
                WHERE book = :book
                """)
                .param("book", book.value())
                .query((row, number) -> proof(row))
                .optional();
    }

    private static BookProof proof(ResultSet row) throws SQLException {
        @Nullable Long transfers = row.getObject("transfers", Long.class);
        return new BookProof(
                new BookId(row.getObject("book", UUID.class)),
                Sql.instantOrNull(row, "verified_at"),
                transfers,
                row.getString("finding"),
                row.getInt("further"),
                Sql.instantOrNull(row, "against"),
                Sql.instantOrNull(row, "sealed_at"));
    }
}
