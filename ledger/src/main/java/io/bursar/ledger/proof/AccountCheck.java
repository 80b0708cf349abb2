package io.bursar.ledger.proof;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds the accounts as they stand against what their rows make of them. */
final class AccountCheck {
    private static final List<String> KEPT = List.of(
            "id", "posted", "pending_debits", "pending_credits", "sequence", "last_at", "last_hash", "opened_at");

    /** The columns of an account that this looks at: what posting keeps of it, and what its events say it is. */
    static final String COLUMNS = String.join(", ", KEPT) + ", " + String.join(", ", Facts.COLUMNS);

    private static final String TABLE = "ledger.account";
    private static final int ID = KEPT.indexOf("id");
    private static final int POSTED = KEPT.indexOf("posted");
    private static final int PENDING_DEBITS = KEPT.indexOf("pending_debits");
    private static final int PENDING_CREDITS = KEPT.indexOf("pending_credits");
    private static final int SEQUENCE = KEPT.indexOf("sequence");
    private static final int LAST_AT = KEPT.indexOf("last_at");
    private static final int LAST_HASH = KEPT.indexOf("last_hash");
    private static final int OPENED_AT = KEPT.indexOf("opened_at");
    private static final int FACTS = KEPT.size();
    private static final int EVENT_PATH = Layout.EVENT.index("path");

    private final Chains chains;
    private final Findings findings;
    private final Row row = newRow();
    private final Row event = Layout.EVENT.row();
    private final MerkleTree heads = new MerkleTree();
    private final Map<String, BigInteger> balances = new TreeMap<>();
    private long count;

    AccountCheck(Chains chains, Findings findings) {
        this.chains = chains;
        this.findings = findings;
    }

    static Row newRow() {
        return new Row(KEPT.size() + Facts.COLUMNS.size());
    }

    /** The head that an account says it has. */
    static Head head(Row row) {
        return new Head(
                row.id(ID),
                row.number(SEQUENCE),
                Text.hex(row.copy(LAST_HASH)),
                row.number(POSTED),
                row.number(PENDING_DEBITS),
                row.number(PENDING_CREDITS));
    }

    /** Takes the accounts in the order of their ids. */
    void next(byte[] message) {
        if (!row.read(message)) {
            return;
        }
        count++;
        heads.add(head(row).leaf());
        Chain chain = chains.find(row, ID);
        if (chain == null || chain.seen || !chain.isOpened()) {
            found("id", "one account with an event that opened it", row.id(ID));
            return;
        }
        chain.seen = true;
        sums(chain);
        if (row.number(SEQUENCE) != chain.sequence) {
            found("sequence", chain.sequence, row.number(SEQUENCE));
        } else if (!row.holds(LAST_HASH, chain.hash)) {
            found("last_hash", Text.hex(chain.hash), Text.hex(row.copy(LAST_HASH)));
        }
        if (row.number(LAST_AT) != chain.lastAt) {
            found("last_at", Text.instant(chain.lastAt), Text.instant(row.number(LAST_AT)));
        }
        if (row.number(OPENED_AT) != chain.facts.openedAt()) {
            found("opened_at", Text.instant(chain.facts.openedAt()), Text.instant(row.number(OPENED_AT)));
        }
        event.read(chain.facts.message());
        for (String column : Facts.differences(event, EVENT_PATH, row, FACTS)) {
            found(column, "that of its newest event", "another");
        }
    }

    private void sums(Chain chain) {
        if (row.number(POSTED) != chain.posted) {
            found("posted", chain.posted, row.number(POSTED));
        }
        if (row.number(PENDING_DEBITS) != chain.pendingDebits) {
            found("pending_debits", chain.pendingDebits, row.number(PENDING_DEBITS));
        }
        if (row.number(PENDING_CREDITS) != chain.pendingCredits) {
            found("pending_credits", chain.pendingCredits, row.number(PENDING_CREDITS));
        }
        boolean empty = chain.posted == 0 && chain.pendingDebits == 0 && chain.pendingCredits == 0;
        if (chain.facts.isOfLots()) {
            if (chain.available() < chain.facts.floor() || chain.expected() > chain.facts.ceiling()) {
                found("posted", "within floor and ceiling", chain.posted);
            }
            if (chain.facts.closed() && !empty) {
                found("posted", "0, because it is closed", chain.posted);
            }
        } else {
            balances.merge(chain.facts.unit(), BigInteger.valueOf(row.number(POSTED)), BigInteger::add);
        }
    }

    /** To be called after the last account: nothing is left over, and in every unit debits are credits. */
    void end() {
        chains.stream()
                .filter(chain -> !chain.seen)
                .forEach(chain -> findings.add(TABLE, chain.id(), "account", "one row", "none"));
        chains.stream()
                .filter(chain -> chain.nextEvent() != null)
                .forEach(chain -> findings.add(
                        Layout.EVENT.table(),
                        "of account " + chain.id(),
                        "sequence",
                        chain.sequence + 1,
                        "one behind a gap"));
        balances.forEach((unit, sum) -> {
            if (sum.signum() != 0) {
                findings.add(TABLE, "all in " + unit, "sum of posted", 0, sum);
            }
        });
    }

    private void found(String what, Object expected, Object found) {
        findings.add(TABLE, row.id(ID), what, expected, found);
    }

    byte[] headsRoot() {
        return heads.root();
    }

    long count() {
        return count;
    }
}
