package io.bursar.ledger;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A posting on its way in, with its content hash and the ids its rows will have. The ids stay the same through every
 * retry, which is how a posting whose commit was lost recognises its own rows when it finds them.
 */
record Submission(Posting posting, Hash content, List<UUID> ids) {

    static Submission of(Posting posting, UuidV7 ids) {
        return new Submission(
                posting,
                Content.of(posting),
                Stream.generate(ids::next).limit(posting.legs().size()).toList());
    }

    ReferenceKey key() {
        return new ReferenceKey(posting.book(), posting.reference());
    }

    PostingId id() {
        return new PostingId(ids.getFirst());
    }
}
