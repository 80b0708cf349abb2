package io.bursar.ledger.proof;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows the events of accounts: all openings first, and every later one when the account's transfers come to it. */
final class EventCheck {
    private static final Layout LAYOUT = Layout.EVENT;
    private static final int ACCOUNT = LAYOUT.index("account");
    private static final int SEQUENCE = LAYOUT.index("sequence");
    private static final int KIND = LAYOUT.index("kind");
    private static final int PATH = LAYOUT.index("path");
    private static final int PARENT = LAYOUT.index("parent");
    private static final int AT = LAYOUT.index("at");
    private static final int HASH = LAYOUT.hash();

    private static final Map<String, List<String>> CHANGEABLE = Map.of(
            "POLICY_CHANGED", List.of("floor", "ceiling"),
            "FROZEN", List.of("debit_freezes", "credit_freezes"),
            "UNFROZEN", List.of("debit_freezes", "credit_freezes"),
            "CLOSED", List.of("closed"));

    private final Chains chains;
    private final Findings findings;
    private final SealCheck seal;
    private final ChainHash hasher = new ChainHash(LAYOUT);
    private final Row row = LAYOUT.row();
    private final Row before = LAYOUT.row();
    private final Map<Chain, String> parentOfLot = new HashMap<>();
    private final Map<String, Chain> ofLots = new HashMap<>();
    private long count;

    EventCheck(Chains chains, Findings findings, SealCheck seal) {
        this.chains = chains;
        this.findings = findings;
        this.seal = seal;
    }

    /** Takes the events of the book, which come by account and sequence. */
    void load(byte[] message) {
        if (!row.read(message)) {
            return;
        }
        count++;
        Chain chain = chains.findOrAdd(row, ACCOUNT);
        if (row.number(SEQUENCE) == 0 && !chain.isOpened()) {
            open(chain);
        } else {
            chain.later(message);
        }
    }

    private void open(Chain chain) {
        if (!row.text(KIND).equals("OPENED")) {
            found(chain, "kind", "OPENED", row.text(KIND));
        }
        apply(chain);
        if (!row.isNull(PARENT)) {
            parentOfLot.put(chain, row.text(PARENT));
        } else if (chain.facts.isOfLots()) {
            ofLots.put(row.text(PATH), chain);
        }
    }

    /** To be called when all events are loaded. */
    void linkLots() {
        parentOfLot.forEach((lot, path) -> {
            lot.parent = ofLots.get(path);
            if (lot.parent == null) {
                findings.add(LAYOUT.table(), lot.id(), "parent", "an account of lots", path);
            }
        });
        parentOfLot.clear();
        ofLots.clear();
        chains.stream().forEach(this::follow);
    }

    /** Applies the events whose turn it is. */
    void follow(Chain chain) {
        byte[] next = chain.nextEvent();
        while (next != null) {
            row.read(next);
            long sequence = row.number(SEQUENCE);
            if (sequence > chain.sequence + 1) {
                return;
            }
            chain.removeEvent();
            if (sequence == chain.sequence + 1) {
                change(chain);
            } else {
                found(chain, "sequence", chain.sequence + 1, sequence);
            }
            next = chain.nextEvent();
        }
    }

    private void change(Chain chain) {
        byte[] message = row.message();
        Facts factsBefore = chain.facts;
        apply(chain);
        if (factsBefore.message().length == 0) {
            return;
        }
        before.read(factsBefore.message());
        row.read(message);
        List<String> changed = Facts.differences(before, PATH, row, PATH);
        List<String> changeable = CHANGEABLE.getOrDefault(row.text(KIND), List.of());
        if (changed.isEmpty() || !changeable.containsAll(changed)) {
            found(chain, "change", row.text(KIND) + " of " + changeable, changed);
        }
    }

    private void apply(Chain chain) {
        if (chain.hashKnown && !hasher.fits(row, hasher.of(row, chain.hash))) {
            found(chain, "hash", Text.hex(hasher.of(row, chain.hash)), Text.hex(row.copy(HASH)));
        }
        if (row.number(AT) < chain.lastAt) {
            found(chain, "at", "not before " + Text.instant(chain.lastAt), Text.instant(row.number(AT)));
        }
        chain.facts = Facts.of(row, PATH, chain.isOpened() ? chain.facts.openedAt() : row.number(AT));
        chain.end(row, HASH, row.number(AT));
        Facts facts = chain.facts;
        if (!facts.isOfLots()) {
            boolean within = chain.available() >= facts.floor() && chain.expected() <= facts.ceiling();
            boolean empty = chain.posted == 0 && chain.pendingDebits == 0 && chain.pendingCredits == 0;
            if (!within || (facts.closed() && !empty)) {
                found(chain, "balance", "as the policy allows", chain.posted);
            }
        }
        seal.passed(chain, LAYOUT.table());
    }

    private void found(Chain chain, String what, Object expected, Object found) {
        findings.add(LAYOUT.table(), chain.id() + " " + row.number(SEQUENCE), what, expected, found);
    }

    long count() {
        return count;
    }
}
