package io.bursar.ledger;

/**
 * An amount that leaves an account of one book and comes to an account of another: a transfer in each, through a
 * clearing account in each, under one reference. No transfer crosses books, so between the two halves the clearing
 * accounts say what is on its way; when both are posted they net to zero.
 */
public record PairedPosting(Reference pair, Half from, Half to, long amount, Unit unit, String memo, String actor) {
    static final int PAIR_LENGTH_MAX = 200;

    /** One half: the account that pays or is paid, and the account of the same book that stands for the other one. */
    public record Half(BookId book, AccountPath account, AccountPath clearing) {}

    public PairedPosting {
        int length = pair.value().length();
        Check.argument(length <= PAIR_LENGTH_MAX, "pair reference length", length, "<= " + PAIR_LENGTH_MAX);
        Check.argument(
                !from.book().equals(to.book()), "book of the second half", to.book(), "another than the first's");
    }

    Posting first() {
        Leg leg = new Leg.Move(from.account(), from.clearing(), amount, unit);
        return posting(from.book(), PairReference.half(pair, to.book()), memo, leg);
    }

    Posting second() {
        Leg leg = new Leg.Move(to.clearing(), to.account(), amount, unit);
        return posting(to.book(), PairReference.half(pair, from.book()), memo, leg);
    }

    /** What takes the first half back when the second is refused; it says why for whoever asks again. */
    Posting reversal(String why) {
        Leg leg = new Leg.Reverse(PairReference.half(pair, to.book()), 0, null, true);
        String shortened = why.substring(0, Math.min(why.length(), Posting.MEMO_LENGTH_MAX));
        return posting(from.book(), reversalReference(), shortened, leg);
    }

    Reference reversalReference() {
        return PairReference.reversal(pair, to.book());
    }

    private Posting posting(BookId book, Reference reference, String note, Leg leg) {
        return Posting.of(book, reference.value(), actor, note, leg);
    }
}
