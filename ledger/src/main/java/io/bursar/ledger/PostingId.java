package io.bursar.ledger;

import java.util.UUID;

/** Names one accepted posting. It is the id of the posting's first transfer. */
public record PostingId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
