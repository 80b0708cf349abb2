package io.bursar.ledger.proof;

import io.bursar.ledger.TransferId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import java.util.UUID;

/** Checks a proof with nothing but the proof, the signed manifest and the public key. */
public final class ProofCheck {
    private ProofCheck() {}

    /** What the first row of a proof says, in the words of a reader; the rest of the row is in the proof. */
    public record Proven(TransferId transfer, UUID debitAccount, UUID creditAccount, long amount) {}

    /** Whether it shows that this transfer, as the proof's first row has it, is in the sealed book. */
    public static boolean holds(Proof proof, TransferId transfer, Manifest manifest, String signature, PublicKey key) {
        try {
            return Seal.isSigned(manifest, signature, key)
                    && isOf(transfer, manifest, proof)
                    && leadsToHead(proof)
                    && Text.hex(MerkleTree.root(proof.head().leaf(), proof.path()))
                            .equals(manifest.headsRoot());
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return false;
        }
    }

    public static Proven proven(Proof proof) {
        ByteBuffer row = Link.of(proof.rows().getFirst()).row();
        int start = Link.TRANSFER_START + Link.ID_BYTES;
        return new Proven(
                new TransferId(id(row, start)),
                id(row, start + Link.ID_BYTES),
                id(row, start + 2 * Link.ID_BYTES),
                row.getLong(start + 3 * Link.ID_BYTES));
    }

    private static boolean isOf(TransferId transfer, Manifest manifest, Proof proof) {
        Link first = Link.of(proof.rows().getFirst());
        return first.isTransfer()
                && id(first.row(), Link.TRANSFER_START).equals(manifest.book().value())
                && proven(proof).transfer().equals(transfer);
    }

    /** Each row is the next one of the account and continues the hash of the one before it. */
    private static boolean leadsToHead(Proof proof) {
        Head head = proof.head();
        List<Proof.Link> rows = proof.rows();
        String hash = "";
        long sequence = head.sequence() - rows.size();
        for (Proof.Link each : rows) {
            Link link = Link.of(each);
            int side = link.sideOf(head.account());
            sequence++;
            if (side < 0
                    || each.before().size() != link.sides()
                    || link.sequence(side) != sequence
                    || (!hash.isEmpty() && !each.before().get(side).equals(hash))) {
                return false;
            }
            hash = Text.hex(each.hash());
        }
        return hash.equals(head.hash());
    }

    private static UUID id(ByteBuffer row, int start) {
        return new UUID(row.getLong(start), row.getLong(start + Long.BYTES));
    }

    /** A row as it is hashed, read at the places that the layout fixes. */
    private record Link(ByteBuffer row, boolean isTransfer) {
        static final int ID_BYTES = 2 * Long.BYTES;
        static final int TRANSFER_START = start(Layout.TRANSFER);
        private static final int EVENT_START = start(Layout.EVENT);
        private static final int DEBTOR = TRANSFER_START + 2 * ID_BYTES;
        private static final int CREDITOR = DEBTOR + ID_BYTES;
        private static final int DEBIT_SEQUENCE = CREDITOR + ID_BYTES + Long.BYTES;
        private static final int CREDIT_SEQUENCE = DEBIT_SEQUENCE + 2 * Long.BYTES;

        static Link of(Proof.Link link) {
            byte[] bytes = link.bytes().copy();
            boolean transfer = startsWith(bytes, Layout.TRANSFER);
            if (!transfer && !startsWith(bytes, Layout.EVENT)) {
                throw new IllegalArgumentException("row: neither transfer nor event");
            }
            return new Link(ByteBuffer.wrap(bytes), transfer);
        }

        private static int start(Layout layout) {
            return Long.BYTES + layout.title().length();
        }

        private static boolean startsWith(byte[] bytes, Layout layout) {
            String title = new String(bytes, Long.BYTES, layout.title().length(), StandardCharsets.UTF_8);
            return ByteBuffer.wrap(bytes).getLong() == layout.title().length() && title.equals(layout.title());
        }

        /** How many accounts the row is of, which is how many hashes are before it. */
        int sides() {
            return isTransfer ? 2 : 1;
        }

        /** Which of its accounts this one is; below 0 when it is none. */
        int sideOf(UUID account) {
            if (!isTransfer) {
                return id(row, EVENT_START + ID_BYTES).equals(account) ? 0 : -1;
            }
            if (id(row, DEBTOR).equals(account)) {
                return 0;
            }
            return id(row, CREDITOR).equals(account) ? 1 : -1;
        }

        long sequence(int side) {
            if (!isTransfer) {
                return row.getLong(EVENT_START + 2 * ID_BYTES);
            }
            return row.getLong(side == 0 ? DEBIT_SEQUENCE : CREDIT_SEQUENCE);
        }
    }
}
