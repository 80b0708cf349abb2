package io.bursar.ledger.proof;

import io.bursar.ledger.BookId;
import java.util.Optional;

/** Where seals go: somewhere that whoever can write the database cannot change. */
public interface ManifestSink {
    /** Keeps a seal for ever; it is kept when this returns. */
    void keep(Seal seal);

    /** The newest seal of a book. */
    Optional<Seal> newest(BookId book);
}
