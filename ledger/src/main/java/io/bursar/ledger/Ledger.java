package io.bursar.ledger;

import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A double-entry ledger in a PostgreSQL database. */
public final class Ledger {
    private final DataSource dataSource;
    private final Clock clock;

    private Ledger(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    public static Ledger open(DataSource dataSource, Clock clock) {
        return new Ledger(dataSource, clock);
    }

    /** Opens a book, or finds the one of that name. */
    public BookId openBook(String name) {
        return new BookId(new java.util.UUID(0, clock.millis()));
    }

    /** Opens an account; opening the same again changes nothing. */
    public AccountOpening openAccount(BookId book, AccountSpec account, String actor, String reason) {
        return new AccountOpening.Opened(account.path());
    }

    /** Opens accounts in one transaction; each is answered for itself, in order. */
    public List<AccountOpening> openAccounts(BookId book, List<AccountSpec> accounts, String actor, String reason) {
        return List.of();
    }

    /** Posts in a transaction of its own and answers when that is durable. */
    public Outcome submit(Posting posting) {
        return new Outcome.OutcomeUnknown("being built: " + dataSource);
    }

    /** Posts inside the caller's transaction, as its last statement before commit. */
    public Outcome post(Connection connection, Posting posting) {
        return new Outcome.OutcomeUnknown("being built");
    }

    public List<Book> books() {
        return List.of();
    }

    public Optional<Account> account(BookId book, AccountPath path) {
        return Optional.empty();
    }

    /** The accounts whose path starts with the prefix, in order of path. */
    public Page<Account> accounts(BookId book, String prefix, @Nullable String cursor, int limit) {
        return new Page<>(List.of(), null);
    }

    /** An account's lines, newest first. */
    public Page<StatementLine> statement(BookId book, AccountPath path, @Nullable String cursor, int limit) {
        return new Page<>(List.of(), null);
    }

    /** The posted balance of an account at an instant, lines of that very instant included; empty if it is unknown. */
    public Optional<Long> balanceAt(BookId book, AccountPath path, Instant instant) {
        return Optional.empty();
    }

    /** One line per unit of the book. */
    public List<TrialBalance> trialBalance(BookId book) {
        return List.of();
    }

    /** The book's transfers, newest first. */
    public Page<Transfer> transfers(BookId book, @Nullable String cursor, int limit) {
        return new Page<>(List.of(), null);
    }

    /** The transfers recorded under a reference, by leg; empty when it was never posted. */
    public List<Transfer> posting(BookId book, Reference reference) {
        return List.of();
    }
}
