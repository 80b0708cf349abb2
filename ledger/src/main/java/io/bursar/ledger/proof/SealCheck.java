package io.bursar.ledger.proof;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** Holds a book against what was sealed of it: every sealed head has to be passed on its account's chain. */
final class SealCheck {
    private final Map<UUID, Head> heads = new HashMap<>();
    private final Findings findings;

    SealCheck(Findings findings) {
        this.findings = findings;
    }

    void expect(Iterable<Head> sealed) {
        sealed.forEach(head -> heads.put(head.account(), head));
    }

    /** To be called whenever an account has moved on. */
    void passed(Chain chain, String table) {
        if (chain.sequence == 0 && !heads.isEmpty()) {
            chain.sealed = heads.remove(chain.id());
        }
        Head head = chain.sealed;
        if (head == null || chain.sequence != head.sequence()) {
            return;
        }
        chain.sealed = null;
        if (!Arrays.equals(chain.hash, HexFormat.of().parseHex(head.hash()))) {
            found(table, chain, "sealed hash", head.hash(), Text.hex(chain.hash));
        }
        boolean same = chain.posted == head.posted()
                && chain.pendingDebits == head.pendingDebits()
                && chain.pendingCredits == head.pendingCredits();
        if (!same && !chain.facts.isOfLots()) {
            found(table, chain, "sealed balance", head.posted(), chain.posted);
        }
    }

    /** To be called when all rows have passed: what was sealed and never came is gone. */
    void end(Chains chains) {
        chains.stream().forEach(chain -> {
            Head head = chain.sealed;
            if (head != null) {
                found("ledger.transfer", chain, "sealed row", head.sequence(), "none after " + chain.sequence);
            }
        });
        heads.values()
                .forEach(head -> findings.add(
                        "ledger.account",
                        head.account(),
                        "sealed account",
                        "at " + head.sequence(),
                        "no such account"));
    }

    private void found(String table, Chain chain, String what, Object expected, Object found) {
        findings.add(table, "of account " + chain.id() + " " + chain.sequence, what, expected, found);
    }
}
