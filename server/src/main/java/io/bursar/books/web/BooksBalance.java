package io.bursar.books.web;

import io.bursar.books.Books;
import io.bursar.consolespi.HeaderTag;
import io.bursar.ledger.Book;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.TrialBalance;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The first thing a day should say: that debits equal credits, in every book and unit. */
@Component
class BooksBalance implements HeaderTag {
    private static final int BOOKS_MAX = 500;

    private final Ledger ledger;

    BooksBalance(Books books) {
        this.ledger = books.ledger();
    }

    @Override
    public Optional<Tag> tag() {
        List<Book> books = ledger.books().stream().limit(BOOKS_MAX).toList();
        return books.isEmpty() ? Optional.empty() : Optional.of(tag(books));
    }

    private Tag tag(List<Book> books) {
        List<Book> broken = books.stream()
                .filter(book -> !ledger.trialBalance(book.id()).stream().allMatch(TrialBalance::balanced))
                .toList();
        if (broken.isEmpty()) {
            return new Tag(Tone.OK, "All books balance", LedgerPages.PATH);
        }
        String path = LedgerPages.PATH + "/" + BookText.of(broken.getFirst().id());
        return new Tag(Tone.BAD, broken.size() + " of " + books.size() + " books do not balance", path);
    }
}
