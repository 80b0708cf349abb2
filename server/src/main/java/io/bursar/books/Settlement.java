package io.bursar.books;

/** What settling a posting intent came to. */
public enum Settlement {
    POSTED,
    REJECTED,
    /** The ledger gave no answer. The intent stays as it is and the sweeper asks again. */
    OPEN
}
