package io.bursar.ledger.proof;

import io.bursar.ledger.TransferId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes proofs that a transfer is in a seal. */
public final class Prover {
    /** How many rows a proof may have. Seal often, and prove by an early seal that has the transfer. */
    public static final int ROWS_MAX = 100_000;

    private final DataSource dataSource;

    public Prover(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Empty when the transfer is not in the seal, or the seal is too late for a proof of {@link #ROWS_MAX} rows. */
    public Optional<Proof> prove(TransferId transfer, Seal seal) {
        try (Connection connection = dataSource.getConnection()) {
            SegmentStore store = new SegmentStore(connection, seal.manifest().book());
            try {
                store.begin();
                return prove(store, transfer, seal);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new ProofUnavailableException("the rows could not be read: " + e.getMessage(), e);
        }
    }

    private static Optional<Proof> prove(SegmentStore store, TransferId transfer, Seal seal) throws SQLException {
        Row row = SegmentStore.transferRow();
        boolean[] found = {false};
        store.transfer(transfer, message -> found[0] |= row.read(message));
        if (!found[0]) {
            return Optional.empty();
        }
        Head debtor = head(seal, row.id(TransferColumn.DEBIT_ACCOUNT));
        Head creditor = head(seal, row.id(TransferColumn.CREDIT_ACCOUNT));
        if (debtor == null || creditor == null) {
            return Optional.empty();
        }
        long fromDebtor = debtor.sequence() - row.number(TransferColumn.DEBIT_SEQUENCE);
        long fromCreditor = creditor.sequence() - row.number(TransferColumn.CREDIT_SEQUENCE);
        long rows = Math.min(fromDebtor, fromCreditor) + 1;
        if (rows < 1 || rows > ROWS_MAX) {
            return Optional.empty();
        }
        Head head = fromDebtor <= fromCreditor ? debtor : creditor;
        List<Proof.Link> links = links(store, head, rows, row.number(TransferColumn.POSTED_AT));
        return Optional.of(new Proof(head, links, path(seal, head)));
    }

    private static @Nullable Head head(Seal seal, UUID account) {
        return seal.heads().stream()
                .filter(head -> head.account().equals(account))
                .findFirst()
                .orElse(null);
    }

    private static List<Proof.Step> path(Seal seal, Head head) {
        MerkleTree tree = new MerkleTree();
        seal.heads().forEach(each -> tree.add(each.leaf()));
        return tree.path(seal.heads().indexOf(head));
    }

    /** The account's last rows up to its head. */
    private static List<Proof.Link> links(SegmentStore store, Head head, long rows, long since) throws SQLException {
        TreeMap<Long, Proof.Link> links = new TreeMap<>();
        long first = head.sequence() - rows + 1;
        Row transfer = SegmentStore.transferRow();
        ChainHash transferBytes = new ChainHash(Layout.TRANSFER);
        store.transfers(head.account(), since, first, head.sequence(), message -> {
            if (transfer.read(message)) {
                boolean debtor = transfer.id(TransferColumn.DEBIT_ACCOUNT).equals(head.account());
                int sequence = debtor ? TransferColumn.DEBIT_SEQUENCE : TransferColumn.CREDIT_SEQUENCE;
                links.put(
                        transfer.number(sequence),
                        link(transferBytes, transfer, SegmentStore.DEBTOR_BEFORE, SegmentStore.CREDITOR_BEFORE));
            }
        });
        Row event = SegmentStore.eventRow();
        ChainHash eventBytes = new ChainHash(Layout.EVENT);
        store.events(head.account(), since, first, head.sequence(), message -> {
            if (event.read(message)) {
                links.put(
                        event.number(Layout.EVENT.index("sequence")),
                        link(eventBytes, event, SegmentStore.EVENT_BEFORE));
            }
        });
        return new ArrayList<>(links.values());
    }

    private static Proof.Link link(ChainHash hasher, Row row, int... before) {
        String bytes = Text.hex(hasher.content(row).copy());
        return new Proof.Link(
                bytes,
                Arrays.stream(before)
                        .mapToObj(column -> Text.hex(row.copy(column)))
                        .toList());
    }
}
