package io.bursar.ledger.proof;

import static io.bursar.ledger.proof.TransferColumn.CREDIT_ACCOUNT;
import static io.bursar.ledger.proof.TransferColumn.CREDIT_SEQUENCE;
import static io.bursar.ledger.proof.TransferColumn.DEBIT_ACCOUNT;
import static io.bursar.ledger.proof.TransferColumn.DEBIT_SEQUENCE;
import static io.bursar.ledger.proof.TransferColumn.ID;

import io.bursar.ledger.proof.Chain.Parked;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/**
 * Takes each transfer when it is the next one of both its accounts. Transfers come in the order of their ids, which
 * are made when somebody asks and not when it is decided; one that comes before what it follows is parked. So many
 * are parked as were posted while an id was on its way, or as clocks of nodes are apart. When more are, a row is
 * missing: that is told, and the walk goes on behind the gap.
 */
final class TransferWalk {
    private static final int PARKED_MAX = 250_000;

    private final Chains chains;
    private final Findings findings;
    private final TransferCheck check;
    private final PostingCheck postings;
    private final EventCheck events;
    private final SealCheck seal;
    private final Row row = Layout.TRANSFER.row();
    private final Deque<Chain> moved = new ArrayDeque<>();
    private long count;
    private int parked;

    TransferWalk(
            Chains chains,
            Findings findings,
            TransferCheck check,
            PostingCheck postings,
            EventCheck events,
            SealCheck seal) {
        this.chains = chains;
        this.findings = findings;
        this.check = check;
        this.postings = postings;
        this.events = events;
        this.seal = seal;
    }

    void next(byte[] message) {
        if (!row.read(message)) {
            return;
        }
        count++;
        postings.next(row, chains.find(row, DEBIT_ACCOUNT), chains.find(row, CREDIT_ACCOUNT));
        follow();
        unpark();
        if (parked > PARKED_MAX) {
            bridge();
        }
    }

    /** To be called after the last row: what is still parked follows nothing. */
    void end() {
        postings.end();
        while (parked > 0 && !findings.areMany()) {
            bridge();
        }
    }

    private void follow() {
        Chain debit = chains.find(row, DEBIT_ACCOUNT);
        Chain credit = chains.find(row, CREDIT_ACCOUNT);
        if (debit == null || credit == null || debit == credit) {
            String what = debit == null ? "debit_account" : "credit_account";
            int column = debit == null ? DEBIT_ACCOUNT : CREDIT_ACCOUNT;
            found(what, debit == credit ? "two accounts" : "an account that was opened", row.id(column));
        } else if (isNext(debit, "debit_sequence", row.number(DEBIT_SEQUENCE))
                && isNext(credit, "credit_sequence", row.number(CREDIT_SEQUENCE))) {
            check.apply(row, debit, credit);
            moveOn(debit);
            moveOn(credit);
        }
    }

    private boolean isNext(Chain chain, String what, long sequence) {
        if (sequence > chain.sequence + 1) {
            chain.park(new Parked(sequence, row.message()));
            parked++;
            return false;
        }
        if (sequence <= chain.sequence) {
            found(what, chain.sequence + 1, sequence);
            return false;
        }
        return true;
    }

    private void moveOn(Chain chain) {
        seal.passed(chain, Layout.TRANSFER.table());
        if (chain.nextEvent() != null) {
            events.follow(chain);
        }
        if (parked > 0) {
            moved.push(chain);
        }
    }

    private void unpark() {
        while (!moved.isEmpty()) {
            Chain chain = moved.pop();
            Parked due = chain.due();
            if (due != null) {
                parked--;
                moved.push(chain);
                row.read(due.message());
                follow();
            }
        }
    }

    /** Goes on behind the gap that the earliest parked row waits for. */
    private void bridge() {
        Chain chain = chains.stream()
                .filter(each -> each.firstParked() != null)
                .min(Comparator.comparingLong(this::parkedSince))
                .orElseThrow();
        Parked first = chain.firstParked();
        if (first != null) {
            String missing = chain.id() + " " + (chain.sequence + 1);
            String expected = "a row before " + first.sequence();
            findings.add(Layout.TRANSFER.table(), "of account " + missing, "sequence", expected, "no row");
            chain.skipTo(first.sequence() - 1);
            events.follow(chain);
            moved.push(chain);
            unpark();
        }
    }

    private long parkedSince(Chain chain) {
        Parked first = chain.firstParked();
        if (first == null) {
            return Long.MAX_VALUE;
        }
        row.read(first.message());
        return row.number(TransferColumn.POSTED_AT);
    }

    private void found(String what, Object expected, Object found) {
        findings.add(Layout.TRANSFER.table(), row.id(ID), what, expected, found);
    }

    long count() {
        return count;
    }
}
