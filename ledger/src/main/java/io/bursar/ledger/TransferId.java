package io.bursar.ledger;

import java.util.UUID;

/** Names one transfer: one row of history, one leg of a posting. */
public record TransferId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
