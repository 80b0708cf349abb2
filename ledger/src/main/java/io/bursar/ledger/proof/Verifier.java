package io.bursar.ledger.proof;

import io.bursar.ledger.BookId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Derives a book again from its rows alone, in one view of the database, while others post: every hash, sequence,
 * balance, limit, settlement and date. Rows are streamed; what is kept in memory is one head for each account.
 */
public final class Verifier {
    private final DataSource dataSource;

    public Verifier(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Whether the rows of the book fit each other. */
    public Verification verify(BookId book) {
        return verify(book, null);
    }

    /**
     * Whether the rows of the book fit each other and are also those that were sealed, which finds even a rewrite of
     * everything. The seal has to be checked to be genuine before: {@link Seal#isGenuine}.
     */
    public Verification verify(BookId book, @Nullable Seal seal) {
        checkSeal(book, seal);
        try (Connection connection = dataSource.getConnection()) {
            ProofStore store = new ProofStore(connection, book);
            try {
                store.begin();
                return new Pass(store, book, seal).run();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new ProofUnavailableException("the book could not be read: " + e.getMessage(), e);
        }
    }

    /**
     * The same in a transaction that is open already, with what was written in it and is not committed yet. It stays
     * open, and reads in the order of indexes from then on. Nobody else may write to the book meanwhile, unless the
     * transaction is of the level REPEATABLE READ.
     */
    public static Verification verifyWithin(Connection transaction, BookId book, @Nullable Seal seal)
            throws SQLException {
        checkSeal(book, seal);
        ProofStore store = new ProofStore(transaction, book);
        store.readInOrder();
        return new Pass(store, book, seal).run();
    }

    private static void checkSeal(BookId book, @Nullable Seal seal) {
        if (seal != null && !seal.manifest().book().equals(book)) {
            throw new IllegalArgumentException("seal of book " + seal.manifest().book() + " (expected: " + book + ")");
        }
    }

    /** One reading of a book from its first row to its last. */
    private static final class Pass {
        private final ProofStore store;
        private final BookId book;
        private final @Nullable Seal seal;
        private final Findings findings = new Findings();
        private final Chains chains = new Chains();
        private final PeriodCheck periods = new PeriodCheck(findings);
        private final SealCheck sealed = new SealCheck(findings);
        private final EventCheck events = new EventCheck(chains, findings, sealed);
        private final AccountCheck accounts = new AccountCheck(chains, findings);
        private final TransferWalk transfers = new TransferWalk(
                chains, findings, new TransferCheck(findings, periods), new PostingCheck(findings), events, sealed);

        Pass(ProofStore store, BookId book, @Nullable Seal seal) {
            this.store = store;
            this.book = book;
            this.seal = seal;
        }

        Verification run() throws SQLException {
            if (seal != null) {
                sealed.expect(seal.heads());
            }
            book();
            store.periodCloses(periods::load);
            period();
            store.events(events::load);
            events.linkLots();
            store.transfers(unlessBroken(transfers::next));
            transfers.end();
            sealed.end(chains);
            store.settlements(unlessBroken(new SettlementCheck(chains, findings)::next));
            references();
            store.accounts(unlessBroken(accounts::next));
            accounts.end();
            return findings.first()
                    .<Verification>map(first -> new Verification.Broken(book, first, findings.further()))
                    .orElseGet(this::sound);
        }

        private Verification sound() {
            return new Verification.Sound(
                    book,
                    accounts.count(),
                    events.count(),
                    transfers.count(),
                    periods.count(),
                    Text.hex(accounts.headsRoot()));
        }

        private void book() throws SQLException {
            Manifest.Opening row = store.book();
            if (row == null) {
                findings.add("ledger.book", book, "book", "one row", "none, or several");
            } else if (seal != null && !seal.manifest().opening().equals(row)) {
                findings.add(
                        "ledger.book",
                        book,
                        "name and opened_at",
                        seal.manifest().opening(),
                        row);
            }
        }

        private void period() throws SQLException {
            Row row = ProofStore.periodRow();
            int[] rows = {0};
            store.period(message -> {
                if (row.read(message)) {
                    rows[0]++;
                    periods.period(row);
                }
            });
            if (rows[0] != 1) {
                findings.add("ledger.period", "of the book", "rows", 1, rows[0]);
            }
            if (seal != null
                    && !periods.passed(
                            seal.manifest().periods(), seal.manifest().periodHash())) {
                findings.add(
                        Layout.PERIOD_CLOSE.table(),
                        seal.manifest().periods(),
                        "sealed hash",
                        seal.manifest().periodHash(),
                        "another");
            }
        }

        private void references() throws SQLException {
            Row row = new Row(1);
            store.repeatedReferences(message -> {
                if (row.read(message)) {
                    findings.add(Layout.TRANSFER.table(), row.text(0), "reference", "one posting", "several");
                }
            });
        }

        /** A book that is broken in so many places need not be read to its end. */
        private Consumer<byte[]> unlessBroken(Consumer<byte[]> check) {
            return message -> {
                if (!findings.areMany()) {
                    check.accept(message);
                }
            };
        }
    }
}
