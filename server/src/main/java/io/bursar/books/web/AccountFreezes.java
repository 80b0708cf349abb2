package io.bursar.books.web;

import io.bursar.audit.Audit;
import io.bursar.books.Books;
import io.bursar.ledger.Account.Direction;
import io.bursar.ledger.AccountChange;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.shared.Actor;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Operators stop an account's debits and let them go on. The ledger records who and why in a transaction of its own,
 * hashed into the account's history; the audit log repeats it for those who look there.
 */
@Component
class AccountFreezes {
    private static final Set<Direction> DEBITS = Set.of(Direction.DEBITS);

    private final Ledger ledger;
    private final Audit audit;
    private final TransactionTemplate transactions;

    AccountFreezes(Books books, Audit audit, TransactionTemplate transactions) {
        this.ledger = books.ledger();
        this.audit = audit;
        this.transactions = transactions;
    }

    AccountChange freezeDebits(BookId book, AccountPath path, Actor actor, String reason) {
        AccountChange change = ledger.freeze(book, path, DEBITS, actor.text(), reason);
        return recorded(change, "account.debits_frozen", book, path, actor, reason);
    }

    /** Takes back what this operator froze, and nobody else's. */
    AccountChange unfreezeDebits(BookId book, AccountPath path, Actor actor, String reason) {
        AccountChange change = ledger.unfreeze(book, path, DEBITS, actor.text(), reason);
        return recorded(change, "account.debits_unfrozen", book, path, actor, reason);
    }

    private AccountChange recorded(
            AccountChange change, String action, BookId book, AccountPath path, Actor actor, String reason) {
        if (change instanceof AccountChange.Changed) {
            transactions.executeWithoutResult(_ -> audit.record(
                    actor, action, "book/" + book.value(), Map.of(), Map.of("account", path.value()), reason));
        }
        return change;
    }
}
