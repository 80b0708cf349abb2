package io.bursar.ledger;

import static io.bursar.ledger.RejectionReason.CEILING_EXCEEDED;
import static io.bursar.ledger.RejectionReason.HOLD_SETTLED;
import static io.bursar.ledger.RejectionReason.HOLD_UNKNOWN;
import static io.bursar.ledger.RejectionReason.INSUFFICIENT_FUNDS;
import static io.bursar.ledger.RejectionReason.REFERENCE_CONFLICT;
import static io.bursar.ledger.RejectionReason.UNKNOWN_ACCOUNT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger shall do, as plainly as it can be said: numbers in maps, changed leg by leg and put back when a leg
 * is refused. Outcomes are words, so that they can be compared with the real ones.
 */
final class Model {
    private record Held(AccountPath debit, AccountPath credit, long amount) {}

    private record HeldLeg(Reference reference, int leg) {}

    private final Map<AccountPath, Policy> policies;
    private Map<AccountPath, Sums> sums = new HashMap<>();
    private Map<HeldLeg, Held> open = new HashMap<>();
    private Map<HeldLeg, Held> ever = new HashMap<>();
    private final Map<Reference, Posting> posted = new HashMap<>();
    private final Map<Reference, String> answers = new HashMap<>();

    Model(Map<AccountPath, Policy> policies) {
        this.policies = policies;
        policies.keySet().forEach(path -> sums.put(path, new Sums(0, 0, 0)));
    }

    Map<AccountPath, Sums> sums() {
        return sums;
    }

    String post(Posting posting) {
        Posting before = posted.get(posting.reference());
        if (before != null) {
            return before.legs().equals(posting.legs())
                    ? "duplicate of " + answers.get(posting.reference())
                    : REFERENCE_CONFLICT.name();
        }
        var sumsBefore = new HashMap<>(sums);
        var openBefore = new HashMap<>(open);
        var everBefore = new HashMap<>(ever);
        TreeSet<RejectionReason> reasons = new TreeSet<>();
        List<String> balances = new ArrayList<>();
        for (int number = 0; number < posting.legs().size(); number++) {
            apply(posting, number, reasons, balances);
        }
        if (reasons.isEmpty()) {
            posted.put(posting.reference(), posting);
            answers.put(posting.reference(), balances.toString());
            return balances.toString();
        }
        sums = sumsBefore;
        open = openBefore;
        ever = everBefore;
        return reasons.first().name();
    }

    private void apply(Posting posting, int number, Set<RejectionReason> reasons, List<String> balances) {
        HeldLeg self = new HeldLeg(posting.reference(), number);
        switch (posting.legs().get(number)) {
            case Leg.Move(AccountPath debit, AccountPath credit, long amount, Unit _) -> {
                if (known(debit, credit, reasons)) {
                    change(debit, -amount, 0, 0);
                    change(credit, amount, 0, 0);
                    look(debit, credit, reasons, balances);
                }
            }
            case Leg.Pend(AccountPath debit, AccountPath credit, long amount, Unit _, Instant _) -> {
                Held held = new Held(debit, credit, amount);
                open.put(self, held);
                ever.put(self, held);
                if (known(debit, credit, reasons)) {
                    change(debit, 0, amount, 0);
                    change(credit, 0, 0, amount);
                    look(debit, credit, reasons, balances);
                }
            }
            case Leg.Commit(Reference pending, int leg, Long _) ->
                settle(new HeldLeg(pending, leg), true, reasons, balances);
            case Leg.Release(Reference pending, int leg, Long _) ->
                settle(new HeldLeg(pending, leg), false, reasons, balances);
            default ->
                throw new IllegalArgumentException(
                        "not modelled: " + posting.legs().get(number));
        }
    }

    private void settle(HeldLeg leg, boolean commit, Set<RejectionReason> reasons, List<String> balances) {
        @Nullable Held held = open.remove(leg);
        if (held == null) {
            reasons.add(ever.containsKey(leg) ? HOLD_SETTLED : HOLD_UNKNOWN);
        } else if (sums.containsKey(held.debit()) && sums.containsKey(held.credit())) {
            change(held.debit(), commit ? -held.amount() : 0, -held.amount(), 0);
            change(held.credit(), commit ? held.amount() : 0, 0, -held.amount());
            look(held.debit(), held.credit(), reasons, balances);
        }
    }

    private boolean known(AccountPath debit, AccountPath credit, Set<RejectionReason> reasons) {
        if (sums.containsKey(debit) && sums.containsKey(credit)) {
            return true;
        }
        reasons.add(UNKNOWN_ACCOUNT);
        return false;
    }

    private void change(AccountPath path, long posted, long pendingDebits, long pendingCredits) {
        sums.compute(path, (_, now) -> {
            Sums present = now == null ? new Sums(0, 0, 0) : now;
            return present.plus(new Sums(posted, pendingDebits, pendingCredits));
        });
    }

    private void look(AccountPath debit, AccountPath credit, Set<RejectionReason> reasons, List<String> balances) {
        Sums debited = sums.getOrDefault(debit, new Sums(0, 0, 0));
        Sums credited = sums.getOrDefault(credit, new Sums(0, 0, 0));
        Long floor = policies.getOrDefault(debit, Policy.NO_FLOOR).floor();
        Long ceiling = policies.getOrDefault(credit, Policy.NO_FLOOR).ceiling();
        if (floor != null && debited.posted() - debited.pendingDebits() < floor) {
            reasons.add(INSUFFICIENT_FUNDS);
        }
        if (ceiling != null && credited.posted() + credited.pendingCredits() > ceiling) {
            reasons.add(CEILING_EXCEEDED);
        }
        balances.add(debit + "=" + debited.posted() + " " + credit + "=" + credited.posted());
    }
}
