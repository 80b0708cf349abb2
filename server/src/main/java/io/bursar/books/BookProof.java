package io.bursar.books;

import io.bursar.ledger.BookId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What verifying and sealing a book last came to.
 *
 * @param transfers how many were derived again; null when the book was found broken
 * @param finding the first thing that does not fit, and {@code further} is how many more
 * @param against when the seal was made that the book was held against; null for none
 */
public record BookProof(
        BookId book,
        @Nullable Instant verifiedAt,
        @Nullable Long transfers,
        @Nullable String finding,
        int further,
        @Nullable Instant against,
        @Nullable Instant sealedAt) {

    public boolean broken() {
        return finding != null;
    }
}
