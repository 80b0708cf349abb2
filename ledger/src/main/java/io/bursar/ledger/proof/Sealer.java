package io.bursar.ledger.proof;

import io.bursar.ledger.BookId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Seals books: says what a book is now, signs it, and gives it away. It reads the accounts and not their history, so it
 * is done in moments; that the accounts are what their history makes of them is for {@link Verifier} to say.
 */
public final class Sealer {
    private final DataSource dataSource;
    private final Clock clock;
    private final SigningKey key;
    private final ManifestSink sink;

    public Sealer(DataSource dataSource, Clock clock, SigningKey key, ManifestSink sink) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.key = key;
        this.sink = sink;
    }

    /** Seals the book as it is now; the seal is kept when this returns. */
    public Seal seal(BookId book) {
        Optional<Seal> previous = sink.newest(book);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try (Connection connection = dataSource.getConnection()) {
            ProofStore store = new ProofStore(connection, book);
            try {
                store.begin();
                String before = previous.map(seal -> seal.manifest().hash()).orElse(Manifest.NO_HASH);
                Seal seal = read(store, book, now, before);
                sink.keep(seal);
                return seal;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new ProofUnavailableException("the book could not be read: " + e.getMessage(), e);
        }
    }

    private Seal read(ProofStore store, BookId book, Instant now, String previous) throws SQLException {
        Manifest.Opening opening = store.book();
        if (opening == null) {
            throw new IllegalArgumentException("book " + book + ": unknown (expected: one to seal)");
        }
        List<Head> heads = new ArrayList<>();
        MerkleTree tree = new MerkleTree();
        Row account = AccountCheck.newRow();
        store.accounts(message -> {
            if (account.read(message)) {
                Head head = AccountCheck.head(account);
                heads.add(head);
                tree.add(head.leaf());
            }
        });
        long sides = heads.stream().mapToLong(Head::sequence).sum() - store.laterEvents();
        Closed closed = closed(store);
        Manifest manifest = new Manifest(
                book,
                opening,
                now,
                heads.size(),
                sides / 2,
                Text.hex(tree.root()),
                closed.periods(),
                closed.hash(),
                previous);
        return new Seal(manifest, key.sign(manifest.text()), heads);
    }

    private record Closed(int periods, String hash) {}

    private static Closed closed(ProofStore store) throws SQLException {
        Row period = ProofStore.periodRow();
        List<Closed> closed = new ArrayList<>();
        store.period(message -> {
            if (period.read(message)) {
                int periods = (int) period.number(ProofStore.PERIOD_ORDINAL);
                closed.add(new Closed(periods, Text.hex(period.copy(ProofStore.PERIOD_LAST_HASH))));
            }
        });
        return closed.getFirst();
    }
}
