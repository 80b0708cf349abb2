package io.bursar.books.web;

import io.bursar.books.ApiBooks;
import io.bursar.books.BookProof;
import io.bursar.books.BookProofs;
import io.bursar.books.Books;
import io.bursar.ledger.Book;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.TrialBalance;
import io.bursar.platform.Problem;
import io.bursar.platform.ProblemException;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Finds what the addresses of the ledger's pages name. */
@Component
class BookViews {
    private final Ledger ledger;
    private final BookProofs proofs;
    private final ApiBooks apiBooks;

    BookViews(Books books, BookProofs proofs, ApiBooks apiBooks) {
        this.ledger = books.ledger();
        this.proofs = proofs;
        this.apiBooks = apiBooks;
    }

    /** A book in the list, with what says that it is sound. */
    record BookLine(
            Book book,
            String id,
            List<TrialBalance> units,
            @Nullable BookProof proof,
            boolean sealing,
            boolean forApi) {
        public boolean balanced() {
            return units.stream().allMatch(TrialBalance::balanced);
        }

        public long accounts() {
            return units.stream().mapToLong(TrialBalance::accounts).sum();
        }
    }

    Book found(String bookText) {
        return BookText.book(bookText)
                .flatMap(id -> ledger.books().stream()
                        .filter(book -> book.id().equals(id))
                        .findFirst())
                .orElseThrow(() -> notFound("book"));
    }

    BookLine line(Book book) {
        BookProof proof = proofs.of(book.id()).orElse(null);
        return new BookLine(
                book,
                BookText.of(book.id()),
                ledger.trialBalance(book.id()),
                proof,
                proofs.isSealing(),
                apiBooks.isForApi(book));
    }

    interface Read<T> {
        T get();
    }

    /** What stands in an address may be anything; what the ledger cannot even read does not exist. */
    static <T> T read(Read<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw notFound("page of the ledger");
        }
    }

    static @Nullable String more(String path, String filter, String value, @Nullable String cursor) {
        return cursor == null
                ? null
                : UriComponentsBuilder.fromPath(path)
                        .queryParam(filter, "{filter}")
                        .queryParam("cursor", "{cursor}")
                        .encode()
                        .build(value, cursor)
                        .toString();
    }

    static ProblemException notFound(String what) {
        return Problem.notFound(what).asException();
    }
}
