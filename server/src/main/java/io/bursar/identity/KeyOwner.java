package io.bursar.identity;

import java.util.UUID;

/** Whose an API key is: everything it opens belongs to this partner, or to this book of the ledger. */
public sealed interface KeyOwner {
    UUID id();

    record Partner(UUID id) implements KeyOwner {}

    record Book(UUID id) implements KeyOwner {}

    /** As the audit log names it. */
    default String subject() {
        return switch (this) {
            case Partner partner -> "partner/" + partner.id();
            case Book book -> "book/" + book.id();
        };
    }
}
