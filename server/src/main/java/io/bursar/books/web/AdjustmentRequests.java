package io.bursar.books.web;

import io.bursar.books.Books;
import io.bursar.books.web.Adjustments.Content;
import io.bursar.identity.Approvals;
import io.bursar.identity.Principal;
import io.bursar.ledger.Account;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.Book;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Unit;
import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What an operator types to correct the books by hand, as a request that another operator approves. */
@Component
class AdjustmentRequests {
    private final Ledger ledger;
    private final Approvals approvals;

    AdjustmentRequests(Books books, Approvals approvals) {
        this.ledger = books.ledger();
        this.approvals = approvals;
    }

    /** Asks a second operator. The sentence that says what is wrong with it, if anything is. */
    Optional<String> request(
            Book book, Account debit, String credit, String amount, String reason, Principal.Operator operator) {
        Optional<Account> other = other(book.id(), credit);
        if (other.isEmpty() || other.get().path().equals(debit.path())) {
            return Optional.of("There is no such other account in this book.");
        }
        if (!other.get().unit().equals(debit.unit())) {
            return Optional.of(
                    "That account counts another unit: " + other.get().unit() + ".");
        }
        Optional<Money> money = money(amount, debit.unit());
        if (money.isEmpty()) {
            return Optional.of("The amount is a number above zero such as 12.50, with at most "
                    + debit.unit().scale() + " decimals.");
        }
        Content content = new Content(
                book.id().value(),
                debit.path().value(),
                other.get().path().value(),
                money.get().minor(),
                debit.unit().code(),
                debit.unit().scale());
        String summary = "Moves %s %s from %s to %s in the book %s."
                .formatted(money.get().text(), debit.unit().code(), content.debit(), content.credit(), book.name());
        approvals.request(Adjustments.KIND, "book/" + book.id().value(), summary, content, reason, operator);
        return Optional.empty();
    }

    private Optional<Account> other(BookId book, String path) {
        try {
            return ledger.account(book, new AccountPath(path.strip()));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Money> money(String amount, Unit unit) {
        try {
            return Optional.of(Money.parse(amount.strip(), new MoneyUnit(unit.code(), unit.scale())))
                    .filter(Money::positive);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
