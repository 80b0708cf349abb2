package io.bursar.ledger;

import java.time.Instant;

/** The hash by which a reference recognises its own posting: legs in order and effective date, nothing else. */
final class Content {
    private Content() {}

    static Hash of(Posting posting) {
        Canonical canonical = new Canonical("bursar posting 1");
        canonical.dateOrNone(posting.effectiveDate()).number(posting.legs().size());
        posting.legs().forEach(leg -> write(leg, canonical));
        return canonical.digest();
    }

    private static void write(Leg leg, Canonical canonical) {
        switch (leg) {
            case Leg.Move(AccountPath debit, AccountPath credit, long amount, Unit unit) ->
                sides("move", debit, credit, amount, unit, canonical);
            case Leg.Grant(AccountPath debit, AccountPath credit, long amount, Unit unit, LotTerms terms) ->
                sides("grant", debit, credit, amount, unit, canonical)
                        .text(terms.source())
                        .instantOrNone(terms.expiresAt());
            case Leg.Pend(AccountPath debit, AccountPath credit, long amount, Unit unit, Instant expiresAt) ->
                sides("pend", debit, credit, amount, unit, canonical).instantOrNone(expiresAt);
            case Leg.Force(AccountPath debit, AccountPath credit, long amount, Unit unit) ->
                sides("force", debit, credit, amount, unit, canonical);
            case Leg.Commit(Reference pending, int number, Long amount) ->
                earlier("commit", pending, number, canonical).numberOrNone(amount);
            case Leg.Release(Reference pending, int number, Long amount) ->
                earlier("release", pending, number, canonical).numberOrNone(amount);
            case Leg.Expire(Reference pending, int number) -> earlier("expire", pending, number, canonical);
            case Leg.Reverse(Reference original, int number, Long amount, boolean forced) ->
                earlier("reverse", original, number, canonical)
                        .numberOrNone(amount)
                        .flag(forced);
            case Leg.Lapse(AccountPath lot) -> canonical.text("lapse").text(lot.value());
        }
    }

    private static Canonical sides(
            String word, AccountPath debit, AccountPath credit, long amount, Unit unit, Canonical canonical) {
        return canonical
                .text(word)
                .text(debit.value())
                .text(credit.value())
                .number(amount)
                .unit(unit);
    }

    private static Canonical earlier(String word, Reference reference, int leg, Canonical canonical) {
        return canonical.text(word).text(reference.value()).number(leg);
    }
}
