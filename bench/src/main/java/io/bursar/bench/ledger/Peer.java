package io.bursar.bench.ledger;

/** A design that is measured beside ours, in the same run on the same server. */
interface Peer extends Target {
    int CLIENTS = 16;

    /** Accounts whose balance is not the sum of their rows: none, if money really moved. */
    long mismatches();

    /** The transfers it has recorded. */
    long rows();
}
