package io.bursar.ledger;

import io.bursar.ledger.Account.Direction;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** How many legs may be submitted in one call, each posting on its own. */
    public static final int BULK_LEGS_MAX = 10_000;

    private final DataSource dataSource;
    private final UuidV7 ids;
    private final Accounts accounts;
    private final Lanes lanes;
    private final AccountChanges changes;
    private final Periods periods;
    private final JoinedPosting joined;
    private final Pairs pairs;
    private final Expiry expiry;
    private final Statements statements;

    private Ledger(DataSource dataSource, Clock clock, LedgerOptions options) {
        this.dataSource = dataSource;
        ids = new UuidV7(clock);
        accounts = new Accounts(dataSource, clock, ids);
        AccountIds accountIds = new AccountIds();
        PostingTransaction transaction = new PostingTransaction(accountIds, clock);
        Submitter submitter = new Submitter(dataSource, transaction, options.patience());
        lanes = new Lanes(submitter, () -> new Foresight(dataSource, accountIds, clock), options);
        joined = new JoinedPosting(transaction);
        changes = new AccountChanges(dataSource, clock);
        periods = new Periods(dataSource, clock);
        pairs = new Pairs(dataSource, this::submit, joined, ids);
        expiry = new Expiry(dataSource, clock, this::submit);
        statements = new Statements(dataSource);
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
     * Posts each of these on its own and answers in their order; those of one book are posted in their order, so that
     * a later one may spend what an earlier one brings. They are fed to the lane a batch at a time, among whatever else
     * is submitted.
     *
     * <p>Throws like {@link #submit} when nothing came of it at all. When the world fails after some were answered, all
     * others are {@link Outcome.OutcomeUnknown}: submit the same list again, and what was posted is a {@link
     * Outcome.Duplicate}.
     *
     * @throws IllegalArgumentException when they have more than {@value #BULK_LEGS_MAX} legs together
     */
    public List<Outcome> submitAll(List<Posting> postings) {
        long legs =
                postings.stream().mapToLong(posting -> posting.legs().size()).sum();
        Check.argument(legs <= BULK_LEGS_MAX, "legs of all postings", legs, "<= " + BULK_LEGS_MAX);
        return lanes.submitAll(List.copyOf(postings), ids);
    }

    /**
     * Posts like {@link #submit} without waiting. What is attached to the future runs on the thread that posts, so it
     * has to be short or attached with {@code …Async}.
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

    /** Gives an account other limits, unless what it holds would break them. */
    public AccountChange setPolicy(BookId book, AccountPath path, Policy policy, String actor, String reason) {
        return changes.setPolicy(book, path, policy, actor, reason);
    }

    /**
     * Stops an account's new debits, credits or both, for this actor's reason. Several may freeze an account, and it is
     * frozen until each has unfrozen it. What is held already can still be captured and released.
     */
    public AccountChange freeze(BookId book, AccountPath path, Set<Direction> directions, String actor, String reason) {
        return changes.freeze(book, path, directions, actor, reason);
    }

    /** Takes back this actor's freezes, and nobody else's. */
    public AccountChange unfreeze(
            BookId book, AccountPath path, Set<Direction> directions, String actor, String reason) {
        return changes.unfreeze(book, path, directions, actor, reason);
    }

    /** Closes an account that is empty and that no open account names, for ever. */
    public AccountChange closeAccount(BookId book, AccountPath path, String actor, String reason) {
        return changes.close(book, path, actor, reason);
    }

    /** Closes a book through a day that is over in UTC: nothing takes effect on or before it any more. */
    public PeriodClosing closePeriod(BookId book, LocalDate through, String actor, String reason) {
        return periods.close(book, through, actor, reason);
    }

    /**
     * Posts the first half of a pair and then the second; when that is refused, takes the first back. A pair that was
     * interrupted is completed by submitting it again.
     */
    public PairOutcome submitPair(PairedPosting pair) {
        return pairs.submit(pair);
    }

    /** The pairs between two books whose halves do not net to zero, by reference. */
    public Page<UnpairedPair> unpaired(BookId first, BookId second, @Nullable String cursor, int limit) {
        Page.checkLimit(limit);
        return pairs.unpaired(first, second, cursor == null ? "" : cursor, limit);
    }

    /**
     * Lets go holds and lots whose time has come, at most that many of each, and answers how many. To be called again
     * and again; any number of nodes may.
     */
    public int expireDue(int limit) {
        Page.checkLimit(limit);
        return expiry.expireDue(limit);
    }

    public LedgerActivity activity() {
        return lanes.activity();
    }

    public List<Book> books() {
        return Sql.read(dataSource, connection -> new AccountStore(connection).books());
    }

    public Optional<Account> account(BookId book, AccountPath path) {
        return Sql.read(dataSource, connection -> new AccountStore(connection).account(book, path));
    }

    /** The accounts whose path starts with the prefix, in order of path; lots only if it reaches into {@code /lot/}. */
    public Page<Account> accounts(BookId book, String prefix, @Nullable String cursor, int limit) {
        Page.checkLimit(limit);
        checkPathText("prefix", prefix);
        checkPathText("cursor", cursor == null ? "" : cursor);
        List<Account> found = Sql.read(
                dataSource, connection -> new AccountStore(connection).accounts(book, prefix, cursor, limit + 1));
        return Page.cut(found, limit, account -> account.path().value());
    }

    /**
     * An account's lines, newest first, each with the balance after it; empty when the account is unknown. An account
     * of lots shows the lines of its lots, with their sequences, and its own balance.
     */
    public Page<StatementLine> statement(BookId book, AccountPath path, @Nullable String cursor, int limit) {
        Page.checkLimit(limit);
        return statements.page(book, path, cursor, limit);
    }

    /** The posted balance of an account at an instant, lines of that very instant included; empty if it is unknown. */
    public Optional<Long> balanceAt(BookId book, AccountPath path, Instant instant) {
        return statements.balanceAt(book, path, instant);
    }

    /** The lots of an account that something is left of, in the order they are spent in. */
    public Page<OpenLot> lots(BookId book, AccountPath path, @Nullable String cursor, int limit) {
        Page.checkLimit(limit);
        return statements.lots(book, path, cursor, limit);
    }

    /** What the account was made to be, newest first: opening, policies, freezes, closing. */
    public Page<ChangeLine> changes(BookId book, AccountPath path, @Nullable String cursor, int limit) {
        Page.checkLimit(limit);
        long before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        List<ChangeLine> found = Sql.read(
                dataSource, connection -> new AccountChangeStore(connection).changes(book, path, before, limit + 1));
        return Page.cut(found, limit, change -> String.valueOf(change.sequence()));
    }

    /** One line per unit of the book. */
    public List<TrialBalance> trialBalance(BookId book) {
        return Sql.read(dataSource, connection -> new HistoryStore(connection).trialBalance(book));
    }

    /** The same by what had taken effect by the end of a day; final when the book is closed through it. */
    public List<TrialBalance> trialBalance(BookId book, LocalDate through) {
        return Sql.read(dataSource, connection -> new PeriodStore(connection).trialBalance(book, through));
    }

    /** The closings of a book, newest first. */
    public Page<PeriodClose> periods(BookId book, @Nullable String cursor, int limit) {
        Page.checkLimit(limit);
        int before = cursor == null ? Integer.MAX_VALUE : Integer.parseInt(cursor);
        List<PeriodClose> found =
                Sql.read(dataSource, connection -> new PeriodStore(connection).closes(book, before, limit + 1));
        return Page.cut(found, limit, close -> String.valueOf(close.ordinal()));
    }

    /** Writes what took effect from the first through the last day as CSV, and answers how many transfers that were. */
    public long journal(BookId book, LocalDate from, LocalDate through, Appendable out) {
        return Journal.write(dataSource, book, from, through, out);
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

    /** A pending transfer with what is left of it; empty when there is no such transfer, or it is no pending one. */
    public Optional<Hold> hold(BookId book, TransferId id) {
        return Sql.read(dataSource, connection -> new HistoryStore(connection).hold(book, id));
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
