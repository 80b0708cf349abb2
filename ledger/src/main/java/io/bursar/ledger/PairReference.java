package io.bursar.ledger;

/** How the halves of pairs are named in their books: by the other book and the pair, so that both lists can be laid
 * beside each other. */
final class PairReference {
    private PairReference() {}

    static Reference half(Reference pair, BookId other) {
        return new Reference(halves(other) + pair.value());
    }

    static Reference reversal(Reference pair, BookId other) {
        return new Reference(reversals(other) + pair.value());
    }

    /** What the references of all halves with the other book begin with. */
    static String halves(BookId other) {
        return "pair/" + other.value() + "/";
    }

    static String reversals(BookId other) {
        return "pair-reversed/" + other.value() + "/";
    }
}
