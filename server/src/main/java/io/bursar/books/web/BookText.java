package io.bursar.books.web;

import io.bursar.ledger.BookId;
import io.bursar.ledger.TransferId;
import io.bursar.shared.IdText;
import java.util.Optional;

/** Books and transfers as addresses and pages name them. */
public final class BookText {
    private static final String BOOK = "bok";
    private static final String TRANSFER = "trf";

    private BookText() {}

    public static String of(BookId book) {
        return IdText.of(BOOK, book.value());
    }

    public static String of(TransferId transfer) {
        return IdText.of(TRANSFER, transfer.value());
    }

    public static Optional<BookId> book(String text) {
        return IdText.parse(BOOK, text).map(BookId::new);
    }

    public static Optional<TransferId> transfer(String text) {
        return IdText.parse(TRANSFER, text).map(TransferId::new);
    }
}
