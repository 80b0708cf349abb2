package io.bursar.bench.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Outcome;
import io.bursar.ledger.Policy;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Reference;
import io.bursar.ledger.Unit;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Bursar's own ledger, one node, through the interface that everybody uses. */
final class BursarTarget implements Target {
    static final Unit UNIT = new Unit("USD", 2);
    static final int CONNECTIONS = 16;
    static final String ACTOR = "bench";
    private static final long FLOOR = -1_000_000_000_000_000L;
    private static final long FUNDS = 1_000_000_000_000_000L;
    private static final String FUNDING = "funding";

    private final HikariDataSource pool;
    private final Ledger ledger;
    private final BookId book;
    private final List<AccountPath> paths;

    private BursarTarget(HikariDataSource pool, Ledger ledger, BookId book, List<AccountPath> paths) {
        this.pool = pool;
        this.ledger = ledger;
        this.book = book;
        this.paths = paths;
    }

    /** A node on this book; opens the book's accounts when they are not there yet and funds the hot payer. */
    static BursarTarget open(BenchDatabase database, String book, Population accounts) {
        return open(database, book, accounts, Clock.systemUTC());
    }

    static BursarTarget open(BenchDatabase database, String book, Population accounts, Clock opening) {
        HikariDataSource pool = database.pool(CONNECTIONS);
        BookId id = opened(Ledger.open(pool, opening), book, accounts);
        List<AccountPath> paths = new ArrayList<>();
        for (int number = 0; number < accounts.withHotOnes(); number++) {
            paths.add(path(number));
        }
        return new BursarTarget(pool, Ledger.open(pool, Clock.systemUTC()), id, paths);
    }

    /** Another book on this very node. */
    BursarTarget sameNode(String name, Population accounts) {
        return new BursarTarget(pool, ledger, opened(ledger, name, accounts), paths);
    }

    /** Another node on this book and these connections, whose batches are timed. */
    BursarTarget observed(BatchTimes times) {
        return new BursarTarget(pool, Ledger.open(times.of(pool), Clock.systemUTC()), book, paths);
    }

    static AccountPath path(int number) {
        return AccountPath.of("customer/" + number + "/wallet");
    }

    @Override
    public String name() {
        return "bursar";
    }

    Ledger ledger() {
        return ledger;
    }

    BookId book() {
        return book;
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void transfer(Move move) {
        AccountPath from = paths.get(move.from());
        AccountPath to = paths.get(move.to());
        if (move.held()) {
            post(move.reference(), new Leg.Pend(from, to, move.amount(), UNIT));
            post(move.reference() + "/capture", new Leg.Commit(Reference.of(move.reference()), 0));
        } else {
            post(move.reference(), new Leg.Move(from, to, move.amount(), UNIT));
        }
    }

    /** Many transfers in one call, each on its own. */
    void bulk(List<Move> moves) {
        List<Posting> postings = moves.stream()
                .map(move -> posting(
                        move.reference(),
                        new Leg.Move(paths.get(move.from()), paths.get(move.to()), move.amount(), UNIT)))
                .toList();
        ledger.submitAll(postings).forEach(BursarTarget::checkPosted);
    }

    @Override
    public void close() {
        pool.close();
    }

    private void post(String reference, Leg leg) {
        checkPosted(ledger.submit(posting(reference, leg)));
    }

    private Posting posting(String reference, Leg leg) {
        return Posting.of(book, reference, ACTOR, "", leg);
    }

    private static void checkPosted(Outcome outcome) {
        if (!(outcome instanceof Outcome.Posted)) {
            throw new IllegalStateException("not posted: " + outcome);
        }
    }

    /** Every payer has a floor that is judged; only the hot payer could reach it, and is funded beyond any run. */
    private static BookId opened(Ledger ledger, String name, Population accounts) {
        BookId book = ledger.openBook(name);
        if (ledger.account(book, path(accounts.payer())).isPresent()) {
            return book;
        }
        List<AccountSpec> specs = new ArrayList<>();
        for (int number = 0; number < accounts.withHotOnes(); number++) {
            long floor = number == accounts.payer() ? 0 : FLOOR;
            specs.add(new AccountSpec(path(number), UNIT, Policy.floor(floor)));
        }
        specs.add(AccountSpec.withoutFloor(FUNDING, UNIT));
        for (int from = 0; from < specs.size(); from += Ledger.OPENINGS_MAX) {
            int to = Math.min(from + Ledger.OPENINGS_MAX, specs.size());
            ledger.openAccounts(book, specs.subList(from, to), ACTOR, "to measure");
        }
        Leg funds = new Leg.Move(AccountPath.of(FUNDING), path(accounts.payer()), FUNDS, UNIT);
        Outcome outcome = ledger.submit(Posting.of(book, "funds", ACTOR, "", funds));
        if (outcome instanceof Outcome.Rejected rejected) {
            throw new IllegalStateException("not funded: " + rejected);
        }
        return book;
    }
}
