package io.bursar.ledger;

import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.OutcomeUnknown;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.PostedLeg;
import io.bursar.ledger.Outcome.Rejected;
import io.bursar.ledger.Outcome.SideAfter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Real lots are named by ids, which a program written beforehand cannot know; there they are counted. This translates
 * postings to real names, and outcomes to words with counted ones.
 */
final class LotNames {
    private final Map<AccountPath, AccountPath> realByNumbered = new HashMap<>();
    private final Map<AccountPath, AccountPath> numberedByReal = new HashMap<>();
    private final Map<String, Long> counted = new HashMap<>();

    static AccountPath numbered(AccountPath parent, long number) {
        return new AccountPath(parent.value() + AccountSpec.LOT_SEGMENT + number);
    }

    Posting real(Posting posting) {
        List<Leg> legs = posting.legs().stream().map(this::real).toList();
        return new Posting(
                posting.book(),
                posting.reference(),
                legs,
                posting.effectiveDate(),
                posting.late(),
                posting.memo(),
                posting.actor());
    }

    /** The name of an account in programs; a lot is counted when it is seen first. */
    AccountPath numbered(AccountPath real) {
        int lot = real.value().indexOf(AccountSpec.LOT_SEGMENT);
        return lot < 0 ? real : numberedByReal.computeIfAbsent(real, path -> count(path, lot));
    }

    String words(Outcome outcome) {
        return switch (outcome) {
            case Posted posted -> rows(posted);
            case Duplicate(Posted original) -> "duplicate of " + rows(original);
            case Rejected(RejectionReason reason, int leg, String _) -> reason + " leg " + leg;
            case OutcomeUnknown unknown -> unknown.toString();
        };
    }

    private AccountPath count(AccountPath real, int lot) {
        String parent = real.value().substring(0, lot);
        AccountPath numbered = numbered(new AccountPath(parent), counted.merge(parent, 1L, Long::sum));
        realByNumbered.put(numbered, real);
        return numbered;
    }

    private Leg real(Leg leg) {
        return switch (leg) {
            case Leg.Move(AccountPath debit, AccountPath credit, long amount, Unit unit) ->
                new Leg.Move(real(debit), real(credit), amount, unit);
            case Leg.Pend pend ->
                new Leg.Pend(real(pend.debit()), real(pend.credit()), pend.amount(), pend.unit(), pend.expiresAt());
            case Leg.Force(AccountPath debit, AccountPath credit, long amount, Unit unit) ->
                new Leg.Force(real(debit), real(credit), amount, unit);
            case Leg.Lapse(AccountPath lot) -> new Leg.Lapse(real(lot));
            case Leg.Grant _, Leg.Commit _, Leg.Release _, Leg.Expire _, Leg.Reverse _ -> leg;
        };
    }

    private AccountPath real(AccountPath path) {
        return realByNumbered.getOrDefault(path, path);
    }

    private String rows(Posted posted) {
        return posted.legs().stream().map(this::row).toList().toString();
    }

    private String row(PostedLeg row) {
        return row.leg() + " " + row.kind() + " " + row.amount() + " " + side(row.debit()) + " " + side(row.credit());
    }

    private String side(SideAfter side) {
        return numbered(side.account()) + "=" + side.balance();
    }
}
