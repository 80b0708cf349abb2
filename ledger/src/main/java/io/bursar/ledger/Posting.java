package io.bursar.ledger;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants recorded: one business fact, one or more legs in one book that post all or none.
 *
 * <p>Legs and effective date are the <em>content</em>: posted again with the same content, a reference answers with
 * the original result; with other content it is refused. Memo and actor are notes of whoever came first, because a
 * webhook and a poller may both report one fact.
 */
public record Posting(
        BookId book,
        Reference reference,
        List<Leg> legs,
        @Nullable LocalDate effectiveDate,
        LateDate late,
        String memo,
        String actor) {
    /** What becomes of an effective date whose period has been closed meanwhile. */
    public enum LateDate {
        REFUSE,
        /** It takes effect on the day it is posted, and the date that was asked for stays on its rows. */
        REDATE
    }

    public static final int LEGS_MAX = 10_000;
    public static final int MEMO_LENGTH_MAX = 500;
    public static final int ACTOR_LENGTH_MAX = 200;

    public Posting {
        legs = List.copyOf(legs);
        Check.argument(!legs.isEmpty() && legs.size() <= LEGS_MAX, "legs", legs.size(), "1 to " + LEGS_MAX);
        Check.argument(memo.length() <= MEMO_LENGTH_MAX, "memo length", memo.length(), "<= " + MEMO_LENGTH_MAX);
        Check.argument(!actor.isBlank(), "actor", "blank", "who posts");
        Check.argument(actor.length() <= ACTOR_LENGTH_MAX, "actor length", actor.length(), "<= " + ACTOR_LENGTH_MAX);
    }

    /** A posting that is refused when the period of its effective date is closed. */
    public Posting(
            BookId book,
            Reference reference,
            List<Leg> legs,
            @Nullable LocalDate effectiveDate,
            String memo,
            String actor) {
        this(book, reference, legs, effectiveDate, LateDate.REFUSE, memo, actor);
    }

    /** A posting that takes effect on the day it is posted (in UTC). */
    public static Posting of(BookId book, String reference, String actor, String memo, Leg... legs) {
        return new Posting(book, new Reference(reference), List.of(legs), null, memo, actor);
    }
}
