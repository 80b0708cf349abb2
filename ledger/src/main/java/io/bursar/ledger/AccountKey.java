package io.bursar.ledger;

/** Where an account is found while posting. */
record AccountKey(BookId book, AccountPath path) {
    /** Written out, because accounts are looked up a dozen times for each transfer; most differ in their path. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof AccountKey key
                        && path.value().equals(key.path.value())
                        && book.value().equals(key.book.value()));
    }

    @Override
    public int hashCode() {
        return 31 * book.value().hashCode() + path.value().hashCode();
    }
}
