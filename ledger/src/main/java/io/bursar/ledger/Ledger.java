package io.bursar.ledger;

import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A double-entry ledger in a PostgreSQL database.
 *
 * <p>Money is in <em>accounts</em>, accounts are in <em>books</em>, and a {@link Posting} moves it between accounts
 * of one book under a {@link Reference} that names the business fact. Balance is credits less debits. History is only
 * ever added to. Whatever can be said against a posting is an {@link Outcome} and not an exception:
 *
 * <pre>{@code
 * LedgerSchema.install(dataSource);
 * Ledger ledger = Ledger.open(dataSource, Clock.systemUTC());
 * BookId book = ledger.openBook("acme");
 * Unit usd = new Unit("USD", 2);
 * ledger.openAccount(book, AccountSpec.withoutFloor("bank", usd), "setup", "the bank");
 * ledger.openAccount(book, AccountSpec.of("wallet", usd), "setup", "Ann's wallet");
 * Outcome outcome = ledger.submit(Posting.of(book, "deposit/17", "api", "first deposit",
 *         new Leg.Move(AccountPath.of("bank"), AccountPath.of("wallet"), 39_12, usd)));
 * }</pre>
 *
 * <p>A posting may be repeated for ever: the same reference with the same content answers {@link Outcome.Duplicate}
 * with the original result. Instances are safe for many threads, and many processes may post to one database: what
 * keeps them apart is locks on account rows, always taken in the order of (book, id), and a unique index on
 * references.
 *
 * <p>Two things do throw: {@link LedgerUnavailableException} when the database cannot be reached or is too busy and
 * nothing was posted, and {@link IllegalArgumentException} for what no caller may ask, such as a negative amount.
 */
public final class Ledger implements AutoCloseable {
    /** How many accounts may be opened in one call. */
    public static final int OPENINGS_MAX = 10_000;

    private final DataSource dataSource;
    private final UuidV7 ids;
    private final Accounts accounts;
    private final Lanes lanes;
    private final JoinedPosting joined;

    private Ledger(DataSource dataSource, Clock clock, LedgerOptions options) {
        this.dataSource = dataSource;
        ids = new UuidV7(clock);
        accounts = new Accounts(dataSource, clock, ids);
        PostingTransaction transaction = new PostingTransaction(clock);
        lanes = new Lanes(new Submitter(dataSource, transaction, options.patience()), options);
        joined = new JoinedPosting(transaction);
    }

    /** The ledger in this database, which must hold its schema already (see {@link LedgerSchema}). */
    public static Ledger open(DataSource dataSource, Clock clock) {
        return open(dataSource, clock, LedgerOptions.DEFAULT);
    }

    public static Ledger open(DataSource dataSource, Clock clock, LedgerOptions options) {
        return new Ledger(dataSource, clock, options);
    }

    /** Posts what was submitted already and refuses what is submitted later. Everything else keeps working. */
    @Override
    public void close() {
        lanes.close();
    }

    /** Opens a book, or finds the one of that name. */
    public BookId openBook(String name) {
        return accounts.openBook(name);
    }

    /** Opens an account; opening the same again changes nothing. */
    public AccountOpening openAccount(BookId book, AccountSpec account, String actor, String reason) {
        return openAccounts(book, List.of(account), actor, reason).getFirst();
    }

    /** Opens accounts in one transaction; each is answered for itself, in order. */
    public List<AccountOpening> openAccounts(BookId book, List<AccountSpec> specs, String actor, String reason) {
        Check.argument(specs.size() <= OPENINGS_MAX, "accounts", specs.size(), "<= " + OPENINGS_MAX);
        return accounts.open(book, specs, actor, reason);
    }

    /**
     * Posts, together with whatever else is submitted at the time, and answers when that is durable. Deadlocks, locks
     * held too long and lost connections are tried again; a commit whose answer was lost is looked up before this
     * returns. An interrupt ends the waiting: what had no turn yet is withdrawn, anything else is unknown.
     *
     * @throws LedgerBusyException when too much is waiting already
     */
    public Outcome submit(Posting posting) {
        return lanes.submit(Submission.of(posting, ids));
    }

    /**
     * The same without waiting. What is attached to the future runs on the thread that posts, so it has to be short or
     * attached with {@code …Async}.
     */
    public CompletableFuture<Outcome> submitAsync(Posting posting) {
        return lanes.submitAsync(Submission.of(posting, ids));
    }

    /**
     * Posts inside the caller's transaction. It has to be the last statement before the commit, because account rows
     * stay locked until then. When this throws, the caller's transaction has to be rolled back.
     */
    public Outcome post(Connection connection, Posting posting) {
        return joined.post(connection, Submission.of(posting, ids));
    }

    public List<Book> books() {
        return Sql.read(dataSource, connection -> new AccountStore(connection).books());
    }

    public Optional<Account> account(BookId book, AccountPath path) {
        return Sql.read(dataSource, connection -> new AccountStore(connection).account(book, path));
    }

    /** The accounts whose path starts with the prefix, in order of path. */
    public Page<Account> accounts(BookId book, String prefix, @Nullable String cursor, int limit) {
        Page.checkLimit(limit);
        checkPathText("prefix", prefix);
        checkPathText("cursor", cursor == null ? "" : cursor);
        List<Account> found = Sql.read(
                dataSource, connection -> new AccountStore(connection).accounts(book, prefix, cursor, limit + 1));
        return Page.cut(found, limit, account -> account.path().value());
    }

    /** An account's lines, newest first, each with the balance after it; empty when the account is unknown. */
    public Page<StatementLine> statement(BookId book, AccountPath path, @Nullable String cursor, int limit) {
        Page.checkLimit(limit);
        StatementCursor before = cursor == null ? null : StatementCursor.parse(cursor);
        List<StatementLine> found = Sql.read(
                dataSource, connection -> new HistoryStore(connection).statement(book, path, before, limit + 1));
        return Page.cut(found, limit, line -> StatementCursor.of(line).toString());
    }

    /** The posted balance of an account at an instant, lines of that very instant included; empty if it is unknown. */
    public Optional<Long> balanceAt(BookId book, AccountPath path, Instant instant) {
        return Sql.read(dataSource, connection -> new HistoryStore(connection).balanceAt(book, path, instant));
    }

    /** One line per unit of the book. */
    public List<TrialBalance> trialBalance(BookId book) {
        return Sql.read(dataSource, connection -> new HistoryStore(connection).trialBalance(book));
    }

    /** The book's transfers, newest first. */
    public Page<Transfer> transfers(BookId book, @Nullable String cursor, int limit) {
        Page.checkLimit(limit);
        UUID before = cursor == null ? null : UUID.fromString(cursor);
        List<Transfer> found =
                Sql.read(dataSource, connection -> new HistoryStore(connection).transfers(book, before, limit + 1));
        return Page.cut(found, limit, transfer -> transfer.id().toString());
    }

    public Optional<Transfer> transfer(BookId book, TransferId id) {
        return Sql.read(dataSource, connection -> new HistoryStore(connection).transfer(book, id));
    }

    /** The transfers recorded under a reference, by leg; empty when it was never posted. */
    public List<Transfer> posting(BookId book, Reference reference) {
        return Sql.read(dataSource, connection -> new HistoryStore(connection).posting(book, reference));
    }

    private static void checkPathText(String name, String text) {
        boolean readable =
                text.length() <= AccountPath.LENGTH_MAX && text.chars().noneMatch(Character::isISOControl);
        Check.argument(readable, name, text, "the beginning of an account path");
    }
}
