package io.bursar.books.web;

import io.bursar.books.Books;
import io.bursar.consolespi.SearchProvider;
import io.bursar.ledger.Book;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Reference;
import io.bursar.ledger.Transfer;
import io.bursar.ledger.TransferId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds transfers by their id or by the whole reference they were posted under. */
@Component
class LedgerSearch implements SearchProvider {
    private static final int BOOKS_MAX = 1_000;

    private final Ledger ledger;

    LedgerSearch(Books books) {
        this.ledger = books.ledger();
    }

    @Override
    public List<Hit> search(String query) {
        Optional<TransferId> transfer = BookText.transfer(query);
        boolean reference = query.contains("/")
                && query.length() <= Reference.LENGTH_MAX
                && query.chars().noneMatch(Character::isISOControl);
        List<Hit> hits = new ArrayList<>();
        if (transfer.isPresent() || reference) {
            for (Book book : ledger.books().stream().limit(BOOKS_MAX).toList()) {
                transfer.flatMap(id -> ledger.transfer(book.id(), id))
                        .or(() -> reference ? first(book, query) : Optional.empty())
                        .ifPresent(found -> hits.add(hit(book, found)));
            }
        }
        return hits.stream().limit(HITS_MAX).toList();
    }

    private Optional<Transfer> first(Book book, String reference) {
        return ledger.posting(book.id(), new Reference(reference)).stream().findFirst();
    }

    private static Hit hit(Book book, Transfer transfer) {
        String path = LedgerPages.PATH + "/" + BookText.of(book.id()) + "/transfers/" + BookText.of(transfer.id());
        return new Hit("Ledger posting", transfer.reference() + " in " + book.name(), path);
    }
}
