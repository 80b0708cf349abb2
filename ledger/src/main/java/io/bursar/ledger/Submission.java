package io.bursar.ledger;

import java.util.UUID;

/**
 * A posting on its way in, with its content hash and the id of its first row. The others follow from that one, so all
 * of them stay the same through every retry, which is how a posting whose commit was lost recognises its own rows when
 * it finds them.
 */
record Submission(Posting posting, Hash content, UUID firstId, Convoy convoy) {

    static Submission of(Posting posting, UuidV7 ids) {
        return new Submission(posting, Content.of(posting), ids.next(), new Convoy());
    }

    Submission in(Convoy other) {
        return new Submission(posting, content, firstId, other);
    }

    ReferenceKey key() {
        return new ReferenceKey(posting.book(), posting.reference());
    }

    PostingId id() {
        return new PostingId(firstId);
    }

    UUID rowId(int row) {
        return UuidV7.following(firstId, row);
    }
}
