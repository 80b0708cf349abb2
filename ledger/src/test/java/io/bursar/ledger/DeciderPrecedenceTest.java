package io.bursar.ledger;

import static io.bursar.ledger.RejectionReason.BALANCE_OVERFLOW;
import static io.bursar.ledger.RejectionReason.PERIOD_CLOSED;
import static io.bursar.ledger.RejectionReason.REFERENCE_CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Of everything wrong with a posting the reason nearest the top is answered: every pair of reasons, in both orders. */
final class DeciderPrecedenceTest {
    private static final String BEFORE = """
            closed 2026-01-31
            account bank USD/2
            account shop USD/2
            account thb THB/2
            account shut USD/2 closed
            account cold USD/2 debits-frozen
            account deaf USD/2 credits-frozen
            account poor USD/2 floor=0
            account full USD/2 ceiling=0
            account vast USD/2 balance=9223372036854775807
            post known: move bank shop 1 USD/2 -> posted bank=-1 shop=1
            post settled: pend bank shop 5 USD/2 -> posted bank=-1 shop=1
            post settling: commit settled 0 -> posted bank=-6 shop=6
            post expired: pend bank shop 5 USD/2 2026-02-01 -> posted bank=-6 shop=6
            post held: pend bank shop 5 USD/2 2026-04-01 -> posted bank=-6 shop=6
            post sale: move bank shop 5 USD/2 -> posted bank=-11 shop=11
            """;

    @Test
    void of_two_reasons_the_one_nearer_the_top_is_answered() {
        for (RejectionReason upper : RejectionReason.values()) {
            for (RejectionReason lower : RejectionReason.values()) {
                if (upper.compareTo(lower) < 0) {
                    answers(upper, 0, upper, lower);
                    if (lower == BALANCE_OVERFLOW && !isFoundBeforeAmounts(upper)) {
                        answers(lower, 0, lower, upper);
                    } else {
                        answers(upper, 1, lower, upper);
                    }
                }
            }
        }
    }

    /** Amounts are judged leg by leg; after one that leaves 64 bits there are no balances to judge another on. */
    private static boolean isFoundBeforeAmounts(RejectionReason reason) {
        return reason.compareTo(RejectionReason.INSUFFICIENT_FUNDS) < 0;
    }

    @Test
    void a_duplicate_is_answered_before_anything_that_is_wrong_by_now() {
        holds("""
                closed 2026-01-31
                account bank USD/2
                account small USD/2 ceiling=5
                post once: move bank small 5 USD/2 -> posted bank=-5 small=5
                post once: move bank small 5 USD/2 -> duplicate bank=-5 small=5
                post once: move bank small 5 USD/2 on 2026-01-31 -> REFERENCE_CONFLICT leg 0
                """);
    }

    @Test
    void a_reversal_that_is_barred_and_too_much_is_barred() {
        holds("""
                account bank USD/2
                account wallet USD/2 floor=0 debits-frozen
                post sale: move bank wallet 5 USD/2 -> posted bank=-5 wallet=5
                post back: reverse sale 0 6 -> DEBITS_FROZEN leg 0
                post forced: reverse sale 0 6 forced -> REVERSAL_EXCEEDED leg 0
                """);
    }

    @Test
    void of_several_bars_on_one_leg_the_one_nearest_the_top_is_answered() {
        holds("""
                account bank USD/2 closed credits-frozen
                account wallet USD/2 floor=0 debits-frozen
                account deaf USD/2 credits-frozen
                post a: move wallet bank 1 USD/2 -> ACCOUNT_CLOSED leg 0
                post b: move wallet deaf 1 USD/2 -> DEBITS_FROZEN leg 0
                post c: move bank wallet 1 USD/2 -> ACCOUNT_CLOSED leg 0
                """);
    }

    private static void answers(RejectionReason expected, int leg, RejectionReason first, RejectionReason second) {
        String reference = first == REFERENCE_CONFLICT || second == REFERENCE_CONFLICT ? "known" : "faulty";
        String date = first == PERIOD_CLOSED || second == PERIOD_CLOSED ? " on 2026-01-31" : "";
        boolean ofThePosting = expected.compareTo(PERIOD_CLOSED) <= 0;
        holds(BEFORE + "post " + reference + ": " + fault(first) + " & " + fault(second) + date + " -> " + expected
                + " leg " + (ofThePosting ? 0 : leg) + "\n");
    }

    /** A leg with one thing wrong; of the first two reasons, a sound leg, because not a leg is wrong then. */
    private static String fault(RejectionReason reason) {
        return switch (reason) {
            case REFERENCE_CONFLICT, PERIOD_CLOSED -> "move bank shop 7 USD/2";
            case UNKNOWN_ACCOUNT -> "move bank nobody 1 USD/2";
            case UNIT_MISMATCH -> "move bank thb 1 USD/2";
            case ACCOUNT_CLOSED -> "move bank shut 1 USD/2";
            case DEBITS_FROZEN -> "move cold bank 1 USD/2";
            case CREDITS_FROZEN -> "move bank deaf 1 USD/2";
            case HOLD_UNKNOWN -> "commit nothing 0";
            case HOLD_SETTLED -> "release settled 0";
            case HOLD_EXPIRED -> "commit expired 0";
            case HOLD_EXCEEDED -> "commit held 0 6";
            case ORIGINAL_UNKNOWN -> "reverse nothing 0";
            case REVERSAL_EXCEEDED -> "reverse sale 0 6";
            case NOT_DUE -> "expire held 0";
            case INSUFFICIENT_FUNDS -> "move poor bank 1 USD/2";
            case CEILING_EXCEEDED -> "move bank full 1 USD/2";
            case BALANCE_OVERFLOW -> "move bank vast 1 USD/2";
        };
    }

    private static void holds(String table) {
        assertThat(DeciderTable.decided(table)).isEqualTo(table);
    }
}
