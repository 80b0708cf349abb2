package io.bursar.bench.ledger;

/** Something that moves money and answers when that is durable; many callers at once. */
interface Target extends AutoCloseable {
    String name();

    /** Throws when the transfer was not made: no measurement counts refusals. */
    void transfer(Move move) throws Exception;

    @Override
    void close();
}
