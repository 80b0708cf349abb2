package io.bursar.ledger;

import java.util.UUID;

/** Names a book: a closed set of accounts that money never leaves by a single transfer. */
public record BookId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
