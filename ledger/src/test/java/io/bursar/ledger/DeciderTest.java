package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Every rule of posting as a table: all postings of a table are decided as one batch. */
final class DeciderTest {

    @Test
    void a_move_debits_one_account_and_credits_the_other() {
        holds("""
                account bank USD/2
                account wallet USD/2 floor=0
                post deposit: move bank wallet 500 USD/2 -> posted bank=-500 wallet=500
                post purchase: move wallet bank 200 USD/2 -> posted wallet=300 bank=-300
                """);
    }

    @Test
    void a_floor_is_the_last_balance_that_is_allowed() {
        holds("""
                account bank USD/2
                account wallet USD/2 balance=500 floor=0
                account credit USD/2 balance=500 floor=-100
                post all: move wallet bank 500 USD/2 -> posted wallet=0 bank=500
                post more: move wallet bank 1 USD/2 -> INSUFFICIENT_FUNDS leg 0
                post overdraft: move credit bank 600 USD/2 -> posted credit=-100 bank=1100
                post beyond: move credit bank 1 USD/2 -> INSUFFICIENT_FUNDS leg 0
                """);
    }

    @Test
    void a_ceiling_is_the_last_balance_that_is_allowed() {
        holds("""
                account bank USD/2
                account wallet USD/2 floor=0 ceiling=1000
                post full: move bank wallet 1000 USD/2 -> posted bank=-1000 wallet=1000
                post more: move bank wallet 1 USD/2 -> CEILING_EXCEEDED leg 0
                """);
    }

    @Test
    void pending_amounts_count_against_floor_and_ceiling() {
        holds("""
                account bank USD/2
                account wallet USD/2 balance=500 floor=0 ceiling=800
                post hold: pend wallet bank 400 USD/2 -> posted wallet=500 bank=0
                post spend: move wallet bank 101 USD/2 -> INSUFFICIENT_FUNDS leg 0
                post seen: pend bank wallet 300 USD/2 -> posted bank=0 wallet=500
                post over: move bank wallet 1 USD/2 -> CEILING_EXCEEDED leg 0
                post again: pend bank wallet 1 USD/2 -> CEILING_EXCEEDED leg 0
                """);
    }

    @Test
    void a_pending_leg_is_settled_exactly_once() {
        holds("""
                account chain USDC/6
                account wallet USDC/6 floor=0
                post seen: pend chain wallet 700 USDC/6 -> posted chain=0 wallet=0
                post final: commit seen 0 -> posted chain=-700 wallet=700
                post late: release seen 0 -> HOLD_SETTLED leg 0
                post twice: commit seen 0 -> HOLD_SETTLED leg 0
                post seen2: pend chain wallet 30 USDC/6 -> posted chain=-700 wallet=700
                post gone: release seen2 0 -> posted chain=-700 wallet=700
                post never: commit seen2 0 -> HOLD_SETTLED leg 0
                post stranger: commit seen3 0 -> HOLD_UNKNOWN leg 0
                post leg: commit seen 1 -> HOLD_UNKNOWN leg 0
                post moved: move wallet chain 1 USDC/6 -> posted wallet=699 chain=-699
                post not-pending: commit moved 0 -> HOLD_UNKNOWN leg 0
                """);
    }

    @Test
    void one_posting_cannot_settle_the_same_leg_twice() {
        holds("""
                account chain USDC/6
                account wallet USDC/6 floor=0
                post seen: pend chain wallet 700 USDC/6 -> posted chain=0 wallet=0
                post both: commit seen 0 & commit seen 0 -> HOLD_SETTLED leg 1
                post one: commit seen 0 -> posted chain=-700 wallet=700
                """);
    }

    @Test
    void linked_legs_post_all_or_none() {
        holds("""
                account chain T/9
                account stock T/9 floor=0
                account mint C/0
                account user C/0 floor=0 ceiling=10
                post sold: move chain stock 5 T/9 & move mint user 10 C/0 -> posted chain=-5 stock=5 mint=-10 user=10
                post over: move chain stock 5 T/9 & move mint user 1 C/0 -> CEILING_EXCEEDED leg 1
                post back: move user mint 10 C/0 & move stock chain 6 T/9 -> INSUFFICIENT_FUNDS leg 1
                post whole: move user mint 10 C/0 & move stock chain 5 T/9 -> posted user=0 mint=0 stock=0 chain=0
                """);
    }

    @Test
    void legs_are_judged_one_after_the_other() {
        holds("""
                account bank USD/2
                account a USD/2 floor=0
                account b USD/2 floor=0
                post through: move bank a 5 USD/2 & move a b 5 USD/2 -> posted bank=-5 a=5 a=0 b=5
                post ahead: move a b 5 USD/2 & move bank a 5 USD/2 -> INSUFFICIENT_FUNDS leg 0
                """);
    }

    @Test
    void a_reference_posts_once_and_only_with_one_content() {
        holds("""
                account bank USD/2
                account wallet USD/2 floor=0
                post a: move bank wallet 500 USD/2 -> posted bank=-500 wallet=500
                post b: move bank wallet 1 USD/2 -> posted bank=-501 wallet=501
                post a: move bank wallet 500 USD/2 -> duplicate bank=-500 wallet=500
                post a: move bank wallet 501 USD/2 -> REFERENCE_CONFLICT leg 0
                post a: pend bank wallet 500 USD/2 -> REFERENCE_CONFLICT leg 0
                post a: move bank wallet 500 USD/2 on 2026-02-28 -> REFERENCE_CONFLICT leg 0
                post a: move bank wallet 500 USD/2 & move bank wallet 500 USD/2 -> REFERENCE_CONFLICT leg 0
                """);
    }

    @Test
    void a_rejection_is_not_remembered() {
        holds("""
                account bank USD/2
                account wallet USD/2 floor=0
                post early: move wallet bank 5 USD/2 -> INSUFFICIENT_FUNDS leg 0
                post funds: move bank wallet 9 USD/2 -> posted bank=-9 wallet=9
                post early: move wallet bank 5 USD/2 -> posted wallet=4 bank=-4
                """);
    }

    @Test
    void freezes_stop_new_movements_but_not_the_settling_of_reserved_ones() {
        holds("""
                account bank USD/2
                account wallet USD/2 balance=100 floor=0 debits-frozen
                account shop USD/2 credits-frozen
                post spend: move wallet bank 1 USD/2 -> DEBITS_FROZEN leg 0
                post hold: pend wallet bank 1 USD/2 -> DEBITS_FROZEN leg 0
                post receive: move bank wallet 1 USD/2 -> posted bank=-1 wallet=101
                post sale: move bank shop 1 USD/2 -> CREDITS_FROZEN leg 0
                post payout: move shop bank 1 USD/2 -> posted shop=-1 bank=0
                """);
    }

    @Test
    void the_reason_nearest_the_top_is_answered_whatever_its_leg() {
        holds("""
                account bank USD/2
                account poor USD/2 floor=0
                account small USD/2 ceiling=1
                account thb THB/2
                account shut USD/2 closed
                account cold USD/2 debits-frozen
                account deaf USD/2 credits-frozen
                account vast USD/2 balance=9223372036854775807
                post 1: move thb bank 1 USD/2 & move bank nobody 1 USD/2 -> UNKNOWN_ACCOUNT leg 1
                post 2: move shut bank 1 USD/2 & move thb bank 1 USD/2 -> UNIT_MISMATCH leg 1
                post 3: move cold bank 1 USD/2 & move shut bank 1 USD/2 -> ACCOUNT_CLOSED leg 1
                post 4: move bank deaf 1 USD/2 & move cold bank 1 USD/2 -> DEBITS_FROZEN leg 1
                post 5: commit none 0 & move bank deaf 1 USD/2 -> CREDITS_FROZEN leg 1
                post 6: move poor bank 1 USD/2 & commit none 0 -> HOLD_UNKNOWN leg 1
                post 7: move bank small 2 USD/2 & move poor bank 1 USD/2 -> INSUFFICIENT_FUNDS leg 1
                post 8: move bank small 2 USD/2 & move bank vast 1 USD/2 -> CEILING_EXCEEDED leg 0
                post 9: move bank vast 1 USD/2 -> BALANCE_OVERFLOW leg 0
                post 10: move poor nobody 1 THB/2 -> UNKNOWN_ACCOUNT leg 0
                """);
    }

    @Test
    void no_sum_leaves_sixty_four_bits() {
        holds("""
                account bank USD/2
                account deep USD/2 balance=-9223372036854775807
                account high USD/2 balance=9223372036854775800 pending-credits=7
                account held USD/2 pending-debits=9223372036854775807
                post 1: move deep bank 1 USD/2 -> posted deep=-9223372036854775808 bank=1
                post 2: move deep bank 1 USD/2 -> BALANCE_OVERFLOW leg 0
                post 3: move bank high 1 USD/2 -> BALANCE_OVERFLOW leg 0
                post 4: pend bank high 1 USD/2 -> BALANCE_OVERFLOW leg 0
                post 5: pend held bank 1 USD/2 -> BALANCE_OVERFLOW leg 0
                """);
    }

    @Test
    void posting_time_never_falls_behind_an_account_it_touches() {
        Decision decision = DeciderTable.decision("""
                account bank USD/2
                account ahead USD/2 last=2026-03-01T12:00:05Z
                account other USD/2
                post a: move bank ahead 1 USD/2 -> ?
                post b: move bank other 1 USD/2 -> ?
                post c: move other other2 1 USD/2 -> ?
                """);
        Instant ahead = Instant.parse("2026-03-01T12:00:05Z");
        assertThat(decision.rows()).extracting(row -> row.dating().postedAt()).containsExactly(ahead, ahead);
    }

    @Test
    void each_account_is_touched_once_however_often_it_was_posted_to() {
        Decision decision = DeciderTable.decision("""
                account bank USD/2 sequence=41
                account wallet USD/2 floor=0
                post a: move bank wallet 1 USD/2 -> ?
                post b: move bank wallet 2 USD/2 -> ?
                post c: move wallet bank 9 USD/2 -> ?
                """);
        assertThat(decision.touched())
                .extracting(account -> account.path() + " " + account.sequence() + " "
                        + account.sums().posted())
                .containsExactlyInAnyOrder("bank 43 -3", "wallet 2 3");
        assertThat(decision.rows()).extracting(row -> row.debit().sequence()).containsExactly(42L, 43L);
    }

    private static void holds(String table) {
        assertThat(DeciderTable.decided(table)).isEqualTo(table);
    }
}
