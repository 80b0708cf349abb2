package io.bursar.books.api;

import io.bursar.identity.Principal;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Reference;
import io.bursar.ledger.Unit;
import io.bursar.platform.JsonFields;
import io.bursar.platform.Problem;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes postings of what a caller wrote. What cannot be one is refused by the name of the member that is wrong. */
final class PostingReader {
    static final Set<String> FIELDS = Set.of("legs", "effectiveDate", "memo");
    private static final String PATH_SENTENCE =
            "An account path has at most %d characters: segments of A-Z a-z 0-9 . _ : @ + ~ - parted by /."
                    .formatted(AccountPath.LENGTH_MAX);
    private static final String REFERENCE_SENTENCE =
            "A reference has 1 to %d printable characters.".formatted(Reference.LENGTH_MAX);
    private static final Set<String> SIDES = Set.of("kind", "debit", "credit", "amount", "unit", "scale");
    private static final Set<String> SIDES_UNTIL =
            Set.of("kind", "debit", "credit", "amount", "unit", "scale", "expiresAt");
    private static final Set<String> EARLIER = Set.of("kind", "reference", "leg", "amount");

    private PostingReader() {}

    /** One posting of the legs, under the reference that the key makes. */
    static Posting posting(Principal.LedgerKey caller, String key, List<Leg> legs, JsonFields terms) {
        if (legs.size() > Posting.LEGS_MAX) {
            throw tooManyLegs();
        }
        return new Posting(
                new BookId(caller.bookId()),
                reference(caller, key),
                legs,
                effectiveDate(terms),
                memo(terms),
                caller.actor().text());
    }

    /** The business fact as the ledger knows it; the credential's id outlives the rotation of its key. */
    static Reference reference(Principal.LedgerKey caller, String key) {
        return new Reference("api/" + caller.credentialId() + "/" + key);
    }

    static List<Leg> legs(JsonFields fields) {
        List<JsonFields> legs = fields.objects("legs");
        if (legs.size() > Posting.LEGS_MAX) {
            throw tooManyLegs();
        }
        return legs.stream().map(PostingReader::leg).toList();
    }

    static RuntimeException tooManyLegs() {
        String sentence = "There may be at most %,d legs.".formatted(Posting.LEGS_MAX);
        return Problem.field("legs", "too_many_legs", sentence).asException();
    }

    private static Leg leg(JsonFields leg) {
        String kind = leg.required("kind");
        return switch (kind) {
            case "move" -> move(leg.only(SIDES));
            case "pend" -> pend(leg.only(SIDES_UNTIL));
            case "commit" -> commit(leg.only(EARLIER));
            case "release" -> release(leg.only(EARLIER));
            case "reverse" -> {
                leg.only(EARLIER);
                yield new Leg.Reverse(earlier(leg), number(leg), amountOrNull(leg), false);
            }
            default ->
                throw Problem.field(
                                leg.path("kind"),
                                "leg_kind_unknown",
                                "A leg is of the kind move, pend, commit, release or reverse.")
                        .asException();
        };
    }

    static Leg move(JsonFields leg) {
        return twoSided(leg, (debit, credit) -> new Leg.Move(debit, credit, amount(leg), unit(leg)));
    }

    static Leg pend(JsonFields leg) {
        return twoSided(
                leg,
                (debit, credit) -> new Leg.Pend(
                        debit,
                        credit,
                        amount(leg),
                        unit(leg),
                        Times.optional(leg.path("expiresAt"), leg.optional("expiresAt"))));
    }

    static Leg commit(JsonFields leg) {
        return new Leg.Commit(earlier(leg), number(leg), amountOrNull(leg));
    }

    static Leg release(JsonFields leg) {
        return new Leg.Release(earlier(leg), number(leg), amountOrNull(leg));
    }

    private interface Sides {
        Leg between(AccountPath debit, AccountPath credit);
    }

    private static Leg twoSided(JsonFields leg, Sides sides) {
        AccountPath debit = path(leg, "debit");
        AccountPath credit = path(leg, "credit");
        if (debit.equals(credit)) {
            throw Problem.field(
                            leg.path("credit"),
                            "same_account",
                            "The credited account must be another than the debited one.")
                    .asException();
        }
        return sides.between(debit, credit);
    }

    static AccountPath path(JsonFields fields, String name) {
        String text = fields.required(name);
        return taken(() -> new AccountPath(text), fields.path(name), "path_invalid", PATH_SENTENCE);
    }

    static Unit unit(JsonFields fields) {
        String code = fields.required("unit");
        long scale = fields.requiredInteger("scale");
        if (scale < 0 || scale > Unit.SCALE_MAX) {
            String sentence = "The scale must be from 0 to %d.".formatted(Unit.SCALE_MAX);
            throw Problem.field(fields.path("scale"), "scale_invalid", sentence).asException();
        }
        return taken(
                () -> new Unit(code, (int) scale),
                fields.path("unit"),
                "unit_invalid",
                "A unit has 1 to 64 characters of A-Z a-z 0-9 . _ : -.");
    }

    private static long amount(JsonFields leg) {
        return positive(leg, leg.requiredInteger("amount"));
    }

    private static @Nullable Long amountOrNull(JsonFields leg) {
        Long amount = leg.optionalInteger("amount");
        return amount == null ? null : (Long) positive(leg, amount);
    }

    private static long positive(JsonFields leg, long amount) {
        if (amount <= 0) {
            throw Problem.field(leg.path("amount"), "amount_invalid", "The amount must be above zero, in minor units.")
                    .asException();
        }
        return amount;
    }

    private static Reference earlier(JsonFields leg) {
        return reference(leg.path("reference"), leg.required("reference"));
    }

    /** A reference as an answer of the API gave it. */
    static Reference reference(String field, String text) {
        return taken(() -> new Reference(text), field, "reference_invalid", REFERENCE_SENTENCE);
    }

    private static int number(JsonFields leg) {
        Long number = leg.optionalInteger("leg");
        if (number == null) {
            return 0;
        }
        if (number < 0 || number >= Posting.LEGS_MAX) {
            String sentence = "The leg must be from 0 to %d.".formatted(Posting.LEGS_MAX - 1);
            throw Problem.field(leg.path("leg"), "leg_invalid", sentence).asException();
        }
        return number.intValue();
    }

    private static @Nullable LocalDate effectiveDate(JsonFields terms) {
        return Times.date(terms.path("effectiveDate"), terms.optional("effectiveDate"));
    }

    private static String memo(JsonFields terms) {
        String memo = terms.optional("memo");
        if (memo == null) {
            return "";
        }
        if (memo.length() > Posting.MEMO_LENGTH_MAX || memo.chars().anyMatch(Character::isISOControl)) {
            String sentence = "A memo has at most %d printable characters.".formatted(Posting.MEMO_LENGTH_MAX);
            throw Problem.field(terms.path("memo"), "memo_invalid", sentence).asException();
        }
        return memo;
    }

    private static <T> T taken(Supplier<T> value, String field, String code, String sentence) {
        try {
            return value.get();
        } catch (IllegalArgumentException refused) {
            throw Problem.field(field, code, sentence).asException();
        }
    }
}
