package io.bursar.ledger;

/** The hash by which a reference recognises its own posting: legs in order and effective date, nothing else. */
final class Content {
    private Content() {}

    static Hash of(Posting posting) {
        Canonical canonical = new Canonical("bursar posting 1");
        canonical.dateOrNone(posting.effectiveDate()).number(posting.legs().size());
        posting.legs().forEach(leg -> write(leg, canonical));
        return Hash.of(canonical.bytes());
    }

    private static void write(Leg leg, Canonical canonical) {
        switch (leg) {
            case Leg.Move(AccountPath debit, AccountPath credit, long amount, Unit unit) ->
                canonical
                        .text("move")
                        .text(debit.value())
                        .text(credit.value())
                        .number(amount)
                        .unit(unit);
            case Leg.Pend(AccountPath debit, AccountPath credit, long amount, Unit unit) ->
                canonical
                        .text("pend")
                        .text(debit.value())
                        .text(credit.value())
                        .number(amount)
                        .unit(unit);
            case Leg.Commit(Reference pending, int number) ->
                canonical.text("commit").text(pending.value()).number(number);
            case Leg.Release(Reference pending, int number) ->
                canonical.text("release").text(pending.value()).number(number);
        }
    }
}
